internal import Basics
internal import LayerKit

/// The samples' axis among the sizes of shapes.
///
/// Nothing is known of how many samples there will be, yet graphs compute with their number: they take it out of a
/// shape, multiply it, put it into another. Any number in its place would do if it could be told from all others
/// afterwards; a large prime can.
enum Batch {
    /// The largest prime below 2^24: every arithmetic that graphs do with sizes is exact for it.
    static let size = 16_777_213

    /// Whether a size is that of the samples' axis, or a multiple of it.
    static func isPart(of size: Int) -> Bool { size != 0 && size % Batch.size == 0 }

    /// The sizes of one sample; nil where the samples are not the first axis, or another depends on them.
    static func sample(of shape: Shape) -> Shape? {
        guard shape.first == size, !shape.dropFirst().contains(where: isPart) else { return nil }
        return Array(shape.dropFirst())
    }

    /// A shape as messages give it: `(N, 3, 32, 32)`.
    static func text(_ shape: Shape) -> String {
        "(" + shape.map { isPart(of: $0) ? ($0 == size ? "N" : "\($0 / size) N") : "\($0)" }.joined(separator: ", ")
            + ")"
    }
}
