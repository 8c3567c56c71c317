/// Where the numbers of tensors go when a Model or a Design is written as JSON: one binary file beside it, so that the
/// JSON stays readable and reading a large network costs no parsing of numbers.
///
/// A coder carries the pool in its `userInfo`; a tensor encodes itself as its shape and its place in the pool.
public final class TensorPool: Sendable {
    public static let key = CodingUserInfoKey(rawValue: "hlsbuild.tensors")!

    /// Little-endian words, in the order in which tensors were encoded.
    public var bytes: [UInt8] { storage.withLock { $0 } }

    /// How many numbers were encoded.
    public var count: Int { counted.withLock { $0 } }

    /// Coders hand the pool on as a Sendable value, hence the locks.
    private let storage: Mutex<[UInt8]>
    private let counted = Mutex(0)

    public init(bytes: [UInt8] = []) { storage = Mutex(bytes) }

    /// Appends the words and returns the offset of the first, in bytes.
    func append<Element: FixedWidthInteger>(_ words: some Collection<Element>) -> Int {
        counted.withLock { $0 += words.count }
        return storage.withLock { bytes in
            let start = bytes.count
            // An array that grows is there twice.
            let needed = start + words.count * MemoryLayout<Element>.size
            if needed > bytes.capacity { bytes.reserveCapacity(max(needed, bytes.capacity / 4 * 5)) }
            for word in words { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
            return start
        }
    }

    /// Reads `count` words from `offset`; nil where they lie outside the pool.
    func words<Element: FixedWidthInteger>(_: Element.Type, at offset: Int, count: Int) -> [Element]? {
        let size = MemoryLayout<Element>.size
        let bytes = bytes
        guard offset >= 0, count >= 0, count <= bytes.count / size, offset <= bytes.count - count * size else {
            return nil
        }
        return bytes.withUnsafeBytes { buffer in
            (0..<count).map {
                Element(littleEndian: buffer.loadUnaligned(fromByteOffset: offset + $0 * size, as: Element.self))
            }
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
        // An impossible shape has no numbers anywhere.
        let count = Count.elements(shape) ?? -1
        let numbers: Numbers? =
            switch try fields.decodeIfPresent(Stored.self, forKey: .type) {
            case nil:
                pool.words(UInt32.self, at: offset, count: count).map { .float32($0.map(Float.init(bitPattern:))) }
            case .float64:
                pool.words(UInt64.self, at: offset, count: count).map { .float64($0.map(Double.init(bitPattern:))) }
            case .int64: pool.words(Int64.self, at: offset, count: count).map(Numbers.int64)
            }
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
        case .float32(let values): try fields.encode(pool.append(values.lazy.map(\.bitPattern)), forKey: .offset)
        case .float64(let values):
            try fields.encode(Stored.float64, forKey: .type)
            try fields.encode(pool.append(values.lazy.map(\.bitPattern)), forKey: .offset)
        case .int64(let values):
            try fields.encode(Stored.int64, forKey: .type)
            try fields.encode(pool.append(values), forKey: .offset)
        }
    }
}

extension QuantizedTensor: Codable {
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        types = try fields.decode(ElementTypes.self, forKey: .type)
        shape = try fields.decode(Shape.self, forKey: .shape)
        let offset = try fields.decode(Int.self, forKey: .offset)
        let words = try pool(decoder.userInfo, decoder.codingPath)
            .words(Int64.self, at: offset, count: shape.elementCount)
        guard let words else { throw missing(decoder.codingPath) }
        raw = words
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(types, forKey: .type)
        try fields.encode(shape, forKey: .shape)
        try fields.encode(pool(encoder.userInfo, encoder.codingPath).append(raw), forKey: .offset)
    }
}

internal import Arrays
internal import Basics
internal import FixedPoint
internal import Synchronization
