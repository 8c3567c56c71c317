/// An array of numbers as NumPy's `.npy` files hold it, row-major.
public struct NpyArray: Hashable, Sendable {
    /// Elements in the widest type of their kind that is kept apart: half precision is read as single, every integer
    /// and truth value as a 64-bit integer.
    public enum Values: Hashable, Sendable {
        case float32([Float])
        case float64([Double])
        case int64([Int64])

        public var count: Int {
            switch self {
            case .float32(let values): values.count
            case .float64(let values): values.count
            case .int64(let values): values.count
            }
        }
    }

    public let shape: [Int]
    public let values: Values

    /// Nil where the number of values is not that of the shape.
    public init?(shape: [Int], values: Values) {
        guard Self.elementCount(shape) == values.count else { return nil }
        self.shape = shape
        self.values = values
    }

    /// The values in double precision: exact but for integers beyond 2^53.
    public var doubles: [Double] {
        switch values {
        case .float32(let values): values.map(Double.init)
        case .float64(let values): values
        case .int64(let values): values.map(Double.init)
        }
    }

    /// The product of the sizes; nil where a size is negative or the product cannot be counted.
    static func elementCount(_ shape: [Int]) -> Int? {
        if shape.contains(where: { $0 < 0 }) { return nil }
        if shape.contains(0) { return 0 }
        var count = 1
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            if overflow { return nil }
            count = product
        }
        return count
    }
}
