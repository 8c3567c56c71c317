/// Numbers in the narrowest of three types that holds what files store exactly: single precision for half precision and
/// bfloat16 too, 64-bit integers for every integer and truth value.
public enum Numbers: Hashable, Sendable {
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

    /// The numbers in double precision: exact but for integers beyond 2^53.
    public var doubles: [Double] {
        switch self {
        case .float32(let values): Self.widened(values)
        case .float64(let values): values
        case .int64(let values): values.map(Double.init)
        }
    }

    /// What becomes of each number in double precision, without a copy of all of them.
    @inlinable
    public func mapDoubles<Result>(_ result: (Double) -> Result) -> [Result] {
        switch self {
        case .float32(let values): values.map { result(Double($0)) }
        case .float64(let values): values.map(result)
        case .int64(let values): values.map { result(Double($0)) }
        }
    }

    /// Whether something holds of every number in double precision, together with its index; the first of which it does
    /// not ends the search.
    @inlinable
    public func allSatisfyDoubles(_ holds: (_ index: Int, Double) -> Bool) -> Bool {
        switch self {
        case .float32(let values): values.indices.allSatisfy { holds($0, Double(values[$0])) }
        case .float64(let values): values.indices.allSatisfy { holds($0, values[$0]) }
        case .int64(let values): values.indices.allSatisfy { holds($0, Double(values[$0])) }
        }
    }

    /// A loop of its own: models are evaluated with the numbers of every layer for every sample.
    private static func widened(_ values: [Float]) -> [Double] {
        values.withUnsafeBufferPointer { values in
            [Double](unsafeUninitializedCapacity: values.count) { numbers, count in
                while count < values.count {
                    numbers.initializeElement(at: count, to: Double(values[count]))
                    count += 1
                }
            }
        }
    }

    /// The numbers in single precision, rounded to nearest where they are not.
    public var singles: [Float] {
        switch self {
        case .float32(let values): values
        case .float64(let values): values.map(Float.init)
        case .int64(let values): values.map(Float.init)
        }
    }

    /// The numbers of an array of the given shape in row-major order, where they lie with the first axis fastest.
    func rowMajor(from shape: [Int]) -> Self {
        switch self {
        case .float32(let values): .float32(Self.reordered(values, shape))
        case .float64(let values): .float64(Self.reordered(values, shape))
        case .int64(let values): .int64(Self.reordered(values, shape))
        }
    }

    private static func reordered<Value>(_ values: [Value], _ shape: [Int]) -> [Value] {
        guard !values.isEmpty else { return values }
        var strides: [Int] = []
        var stride = 1
        for size in shape {
            strides.append(stride)
            stride *= size
        }
        var index = [Int](repeating: 0, count: shape.count)
        var offset = 0
        return values.indices.map { _ in
            let value = values[offset]
            // Count up, the last axis fastest.
            var axis = shape.count - 1
            while axis >= 0 {
                index[axis] += 1
                offset += strides[axis]
                if index[axis] < shape[axis] { break }
                offset -= index[axis] * strides[axis]
                index[axis] = 0
                axis -= 1
            }
            return value
        }
    }
}
