internal import Basics

/// An array of numbers as NumPy's `.npy` files hold it, row-major.
public struct NpyArray: Hashable, Sendable {
    public let shape: [Int]
    public let values: Numbers

    /// Nil where the number of values is not that of the shape.
    public init?(shape: [Int], values: Numbers) {
        guard Count.elements(shape) == values.count else { return nil }
        self.shape = shape
        self.values = values
    }

    /// The values in double precision: exact but for integers beyond 2^53.
    public var doubles: [Double] { values.doubles }
}
