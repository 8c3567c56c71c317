internal import LayerKit

/// Where the firmware has a value of the file: under which name, and its elements in which order.
struct Placement: Equatable {
    var value: String
    /// The shape in the file, with the samples' axis.
    var shape: Shape
    var order: Order

    enum Order: Equatable {
        /// Axis `i` of the firmware's tensor is axis `order[i]` of the file's.
        case axes([Int])
        /// A vector for each sample: element `i` is element `order[i]` of the file's.
        case elements([Int])
    }

    /// The order in which the file has the axes, of so many.
    static func written(_ rank: Int) -> Order { .axes(Array(0..<rank)) }

    /// Samples first, channels, the second axis in the file, last.
    static func channelsLast(_ rank: Int) -> Order {
        .axes(rank < 3 ? Array(0..<rank) : [0] + Array(2..<rank) + [1])
    }

    var isWritten: Bool { order == Self.written(shape.count) }

    /// The axes' order; nil where elements are in an order of their own.
    var axes: [Int]? {
        if case .axes(let axes) = order { axes } else { nil }
    }

    /// The shape of the firmware's tensor, with the samples' axis.
    var stored: Shape { axes?.map { shape[$0] } ?? shape }
}
