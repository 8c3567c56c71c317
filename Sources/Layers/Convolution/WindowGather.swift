import FixedPoint
import LayerKit

/// Takes what a window sees out of a tensor: for each group of channels, one behind the other, its taps in row-major
/// order; zeros in the padding.
struct WindowGather<W: Word>: Sendable {
    private let plane: Plane
    private let groups: Int
    /// For each place and tap along an axis where its elements begin; negative in the padding.
    private let rows: [Int]
    private let columns: [Int]

    init(_ plane: Plane, groups: Int) {
        self.plane = plane
        self.groups = groups
        rows = Self.places(plane.rows, plane.height, plane.outputHeight, step: plane.width * plane.channels)
        columns = Self.places(plane.columns, plane.width, plane.outputWidth, step: plane.channels)
    }

    private static func places(_ window: Window, _ size: Int, _ places: Int, step: Int) -> [Int] {
        (0..<places).flatMap { place in
            (0..<window.size).map { window.element(place: place, tap: $0, of: size).map { $0 * step } ?? -1 }
        }
    }

    @inline(__always)
    func callAsFunction(
        _ input: UnsafePointer<W>, _ row: Int, _ column: Int, into seen: UnsafeMutablePointer<W>
    ) {
        let height = plane.rows.size, width = plane.columns.size, own = plane.channels / groups
        for group in 0..<groups {
            var to = seen + group * height * width * own
            for y in 0..<height {
                let start = rows[row * height + y]
                for x in 0..<width {
                    let place = columns[column * width + x]
                    if start < 0 || place < 0 {
                        for c in 0..<own { to[c] = 0 }
                    } else {
                        let from = input + start + place + group * own
                        for c in 0..<own { to[c] = from[c] }
                    }
                    to += own
                }
            }
        }
    }
}
