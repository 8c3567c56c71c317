/// Where the numbers of tensors go when a Model or a Design is written as JSON: one binary file beside it, so that the
/// JSON stays readable and reading a large network costs no parsing of numbers.
///
/// A coder carries the pool in its `userInfo`; a tensor encodes itself as its shape and its place in the pool.
public final class TensorPool: Sendable {
    public static let key = CodingUserInfoKey(rawValue: "hlsbuild.tensors")!

    /// What is read from: the words of a file.
    private let stored: [UInt8]
    /// What was encoded. The numbers share the memory of their tensors until they are written in one piece: weights are
    /// most of what a process holds. Coders hand the pool on as a Sendable value, hence the lock.
    private let encoded = Mutex(Encoded())

    private struct Encoded {
        var numbers: [Numbers] = []
        /// Bytes that all of them take.
        var size = 0
    }

    /// - Parameter bytes: words that tensors are decoded from.
    public init(bytes: [UInt8] = []) { stored = bytes }

    /// Little-endian words, in the order in which tensors were encoded.
    public var bytes: [UInt8] {
        encoded.withLock { encoded in
            [UInt8](unsafeUninitializedCapacity: encoded.size) { buffer, count in
                for numbers in encoded.numbers { numbers.store(in: UnsafeMutableRawBufferPointer(buffer), at: &count) }
            }
        }
    }

    /// How many numbers were encoded.
    public var count: Int { encoded.withLock { $0.numbers.reduce(0) { $0 + $1.count } } }

    /// Takes numbers up and returns the offset of the first, in bytes.
    func append(_ numbers: Numbers) -> Int {
        encoded.withLock { encoded in
            defer { encoded.size += numbers.count * numbers.element.size }
            encoded.numbers.append(numbers)
            return encoded.size
        }
    }

    /// Reads `count` numbers from `offset`; nil where they lie outside the pool.
    func numbers(_ element: ElementType, at offset: Int, count: Int) -> Numbers? {
        try? Numbers(stored: stored, at: offset, count: count, as: element)
    }
}

extension Numbers {
    /// What a file of tensors holds them as.
    fileprivate var element: ElementType {
        switch self {
        case .float32: .float32
        case .float64: .float64
        case .int64: .int64
        }
    }

    /// Writes the numbers as little-endian words behind the first `count` bytes of a buffer with room for them.
    fileprivate func store(in buffer: UnsafeMutableRawBufferPointer, at count: inout Int) {
        func store<Value>(_ values: [Value], _ word: (Value) -> some FixedWidthInteger) {
            for value in values {
                let word = word(value).littleEndian
                buffer.storeBytes(of: word, toByteOffset: count, as: type(of: word))
                count += MemoryLayout.size(ofValue: word)
            }
        }
        switch self {
        case .float32(let values): store(values, \.bitPattern)
        case .float64(let values): store(values, \.bitPattern)
        case .int64(let values): store(values) { $0 }
        }
    }
}

private enum Field: String, CodingKey { case type, shape, offset }

/// What a tensor of other numbers than single precision says of itself.
private enum Stored: String, Codable { case float64, int64 }

private func pool(_ info: [CodingUserInfoKey: Any], _ path: [any CodingKey]) throws -> TensorPool {
    guard let pool = info[TensorPool.key] as? TensorPool else {
        throw DecodingError.dataCorrupted(.init(codingPath: path, debugDescription: "no tensor pool is at hand"))
    }
    return pool
}

private func missing(_ path: [any CodingKey]) -> DecodingError {
    .dataCorrupted(.init(codingPath: path, debugDescription: "the numbers lie outside the tensor file"))
}

extension Tensor: Codable {
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        let shape = try fields.decode(Shape.self, forKey: .shape)
        let offset = try fields.decode(Int.self, forKey: .offset)
        let pool = try pool(decoder.userInfo, decoder.codingPath)
        let element: ElementType =
            switch try fields.decodeIfPresent(Stored.self, forKey: .type) {
            case nil: .float32
            case .float64: .float64
            case .int64: .int64
            }
        // An impossible shape has no numbers anywhere.
        let numbers = pool.numbers(element, at: offset, count: Count.elements(shape) ?? -1)
        guard let numbers, let tensor = Tensor(shape: shape, numbers: numbers) else {
            throw missing(decoder.codingPath)
        }
        self = tensor
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(shape, forKey: .shape)
        let pool = try pool(encoder.userInfo, encoder.codingPath)
        switch numbers {
        case .float32: break
        case .float64: try fields.encode(Stored.float64, forKey: .type)
        case .int64: try fields.encode(Stored.int64, forKey: .type)
        }
        try fields.encode(pool.append(numbers), forKey: .offset)
    }
}

extension QuantizedTensor: Codable {
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        types = try fields.decode(ElementTypes.self, forKey: .type)
        shape = try fields.decode(Shape.self, forKey: .shape)
        let offset = try fields.decode(Int.self, forKey: .offset)
        let pool = try pool(decoder.userInfo, decoder.codingPath)
        guard case .int64(let words)? = pool.numbers(.int64, at: offset, count: shape.elementCount) else {
            throw missing(decoder.codingPath)
        }
        raw = words
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(types, forKey: .type)
        try fields.encode(shape, forKey: .shape)
        try fields.encode(pool(encoder.userInfo, encoder.codingPath).append(.int64(raw)), forKey: .offset)
    }
}

internal import Arrays
internal import Basics
internal import FixedPoint
internal import Synchronization
