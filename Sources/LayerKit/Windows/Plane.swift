/// The windows of a layer over an input with its channels last, as two axes: a sequence is a plane of one row, and the
/// planes of a volume lie one below the other.
public struct Plane: Sendable {
    /// Over the planes of a volume.
    public let planes: Window
    public let rows: Window
    public let columns: Window
    public let depth: Int
    public let height: Int
    public let width: Int
    public let channels: Int
    /// Rows of all planes.
    public let outputHeight: Int
    public let outputWidth: Int
    private let rowsOfPlane: Int

    /// Precondition: one to three windows that fit the shape.
    public init(_ windows: [Window], _ shape: Shape) {
        let one = Window(size: 1, stride: 1, dilation: 1, pad: .none), count = windows.count
        planes = count > 2 ? windows[count - 3] : one
        rows = count > 1 ? windows[count - 2] : one
        columns = windows[count - 1]
        depth = count > 2 ? shape[count - 3] : 1
        height = count > 1 ? shape[count - 2] : 1
        width = shape[count - 1]
        channels = shape[count]
        rowsOfPlane = rows.places(on: height)
        outputHeight = planes.places(on: depth) * rowsOfPlane
        outputWidth = columns.places(on: width)
    }

    public var inputCount: Int { depth * height * width * channels }
    public var positions: Int { outputHeight * outputWidth }
    public var taps: Int { planes.size * rows.size * columns.size }

    /// The elements that the window at an output's place sees: for each tap where the channels begin, nil in padding.
    public func sources(row: Int, column: Int) -> [Int?] {
        (0..<planes.size).flatMap { tap -> [Int?] in
            guard let z = planes.element(place: row / rowsOfPlane, tap: tap, of: depth) else {
                return [Int?](repeating: nil, count: rows.size * columns.size)
            }
            return sources(plane: z, row: row % rowsOfPlane, column: column)
        }
    }

    private func sources(plane: Int, row: Int, column: Int) -> [Int?] {
        (0..<rows.size).flatMap { tap -> [Int?] in
            guard let y = rows.element(place: row, tap: tap, of: height) else {
                return [Int?](repeating: nil, count: columns.size)
            }
            return (0..<columns.size).map { tap in
                columns.element(place: column, tap: tap, of: width).map {
                    ((plane * height + y) * width + $0) * channels
                }
            }
        }
    }
}
