/// The sizes of a tensor, channels last, without the batch axis. Empty: a scalar.
public typealias Shape = [Int]

extension Shape {
    /// The number of elements.
    public var elementCount: Int { reduce(1, *) }
}

/// Trained numbers, row-major, in single precision as frameworks store them.
public struct Tensor: Hashable, Sendable {
    public var shape: Shape
    public var values: [Float]

    /// Nil where the number of values is not that of the shape.
    public init?(shape: Shape, values: [Float]) {
        guard shape.elementCount == values.count else { return nil }
        self.shape = shape
        self.values = values
    }

    /// A vector.
    public init(_ values: [Float]) {
        shape = [values.count]
        self.values = values
    }
}

/// Numbers of the firmware: raw integers of one fixed-point type, row-major.
public struct QuantizedTensor: Hashable, Sendable {
    public var type: FixedType
    public var shape: Shape
    /// In units of the type's last place.
    public var raw: [Int64]

    public init(type: FixedType, shape: Shape, raw: [Int64]) {
        self.type = type
        self.shape = shape
        self.raw = raw
    }

    /// The exact values.
    public var values: [Double] { raw.map { type.value($0) } }

    /// The entries of a table that an index made of a word of `bits` bits can reach: at most the first 2^bits.
    public func reachable(bits: Int) -> QuantizedTensor {
        guard bits < 30, raw.count > 1 << max(0, bits) else { return self }
        let count = 1 << max(0, bits)
        return QuantizedTensor(type: type, shape: [count], raw: Array(raw.prefix(count)))
    }
}

public import FixedPoint
