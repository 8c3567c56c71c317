public import Arrays
internal import Basics

/// The sizes of a tensor, channels last, without the batch axis. Empty: a scalar.
public typealias Shape = [Int]

extension Shape {
    /// The number of elements; the largest number there is where they cannot be counted, as of no shape that was read.
    public var elementCount: Int { reduce(1) { Count.times($0, $1) } }
}

/// Trained numbers, row-major, as frameworks store them: most in single precision.
public struct Tensor: Hashable, Sendable {
    public let shape: Shape
    public let numbers: Numbers

    /// Nil where the number of numbers is not that of the shape.
    public init?(shape: Shape, numbers: Numbers) {
        guard Count.elements(shape) == numbers.count else { return nil }
        self.shape = shape
        self.numbers = numbers
    }

    /// Numbers in single precision. Nil where their number is not that of the shape.
    public init?(shape: Shape, values: [Float]) { self.init(shape: shape, numbers: .float32(values)) }

    /// A vector in single precision.
    public init(_ values: [Float]) {
        shape = [values.count]
        numbers = .float32(values)
    }

    /// A vector in double precision.
    public init(doubles values: [Double]) {
        shape = [values.count]
        numbers = .float64(values)
    }

    /// Precondition: as many numbers as the shape has elements.
    private init(_ shape: Shape, _ numbers: Numbers) {
        self.shape = shape
        self.numbers = numbers
    }

    public var count: Int { numbers.count }

    /// The numbers in double precision: exact but for integers beyond 2^53.
    public var doubles: [Double] { numbers.doubles }

    /// The numbers in single precision, in which frameworks and hls4ml compute with them; rounded where they are not.
    public var singles: [Float] { numbers.singles }

    /// The same numbers, rounded to single precision.
    public var inSinglePrecision: Tensor { Tensor(shape, .float32(singles)) }

    /// How many of the numbers are infinite or none at all.
    public var infiniteCount: Int {
        switch numbers {
        case .float32(let values): values.count { !$0.isFinite }
        case .float64(let values): values.count { !$0.isFinite }
        case .int64: 0
        }
    }
}

/// Numbers of the firmware: raw integers, row-major, all in units of the last place of the type that holds them all.
public struct QuantizedTensor: Hashable, Sendable {
    public var types: ElementTypes
    public var shape: Shape
    /// In units of the last place of `type`.
    public var raw: [Int64]

    public init(type: FixedType, shape: Shape, raw: [Int64]) {
        self.init(types: .uniform(type), shape: shape, raw: raw)
    }

    public init(types: ElementTypes, shape: Shape, raw: [Int64]) {
        self.types = types
        self.shape = shape
        self.raw = raw
    }

    /// The type that holds every element.
    public var type: FixedType { types.storage }

    /// The exact values.
    public var values: [Double] {
        let type = type
        return raw.map { type.value($0) }
    }

    /// The entries of a table that an index made of a word of `bits` bits can reach: at most the first 2^bits.
    public func reachable(bits: Int) -> QuantizedTensor {
        guard bits < 30, raw.count > 1 << max(0, bits) else { return self }
        let count = 1 << max(0, bits)
        return QuantizedTensor(type: type, shape: [count], raw: Array(raw.prefix(count)))
    }

    /// Whether each element is the number of the tensor as it was trained. Precondition: as many elements.
    public func holds(_ tensor: Tensor) -> Bool {
        let step = type.step
        return tensor.numbers.allSatisfyDoubles { Double(raw[$0]) * step == $1 }
    }

    /// The raw integers of a matrix column by column. Precondition: two axes.
    public var columns: [Int64] {
        let rows = shape[0], count = shape[1]
        var result: [Int64] = []
        result.reserveCapacity(raw.count)
        for column in 0..<count { for row in 0..<rows { result.append(raw[row * count + column]) } }
        return result
    }
}

public import FixedPoint
