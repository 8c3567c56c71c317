/// The windows of a layer over an input with its channels last, as two axes: a sequence is a plane of one row.
public struct Plane: Sendable {
    public let rows: Window
    public let columns: Window
    public let height: Int
    public let width: Int
    public let channels: Int
    public let outputHeight: Int
    public let outputWidth: Int

    /// Precondition: one or two windows that fit the shape.
    public init(_ windows: [Window], _ shape: Shape) {
        let one = Window(size: 1, stride: 1, dilation: 1, pad: .none)
        rows = windows.count > 1 ? windows[0] : one
        columns = windows[windows.count - 1]
        height = windows.count > 1 ? shape[0] : 1
        width = shape[windows.count - 1]
        channels = shape[windows.count]
        outputHeight = rows.places(on: height)
        outputWidth = columns.places(on: width)
    }

    public var inputCount: Int { height * width * channels }
    public var positions: Int { outputHeight * outputWidth }
    public var taps: Int { rows.size * columns.size }

    /// The elements that the window at an output's place sees: for each tap where the channels begin, nil in padding.
    public func sources(row: Int, column: Int) -> [Int?] {
        (0..<rows.size).flatMap { tap -> [Int?] in
            guard let y = rows.element(place: row, tap: tap, of: height) else {
                return [Int?](repeating: nil, count: columns.size)
            }
            return (0..<columns.size).map { tap in
                columns.element(place: column, tap: tap, of: width).map { (y * width + $0) * channels }
            }
        }
    }
}
