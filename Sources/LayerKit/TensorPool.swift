/// Where the numbers of tensors go when a Model or a Design is written as JSON: one binary file beside it, so that the
/// JSON stays readable and reading a large network costs no parsing of numbers.
///
/// A coder carries the pool in its `userInfo`; a tensor encodes itself as its shape and its place in the pool.
public final class TensorPool: Sendable {
    public static let key = CodingUserInfoKey(rawValue: "hlsbuild.tensors")!

    /// Little-endian words, in the order in which tensors were encoded.
    public var bytes: [UInt8] { storage.withLock { $0 } }

    /// Coders hand the pool on as a Sendable value, hence the lock.
    private let storage: Mutex<[UInt8]>

    public init(bytes: [UInt8] = []) { storage = Mutex(bytes) }

    /// Appends the words and returns the offset of the first, in bytes.
    func append<Element: FixedWidthInteger>(_ words: some Sequence<Element>) -> Int {
        storage.withLock { bytes in
            let start = bytes.count
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
        let words = try pool(decoder.userInfo, decoder.codingPath)
            .words(UInt32.self, at: offset, count: shape.elementCount)
        guard let words else { throw missing(decoder.codingPath) }
        self.shape = shape
        values = words.map(Float.init(bitPattern:))
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(shape, forKey: .shape)
        let offset = try pool(encoder.userInfo, encoder.codingPath).append(values.lazy.map(\.bitPattern))
        try fields.encode(offset, forKey: .offset)
    }
}

extension QuantizedTensor: Codable {
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        type = try fields.decode(FixedType.self, forKey: .type)
        shape = try fields.decode(Shape.self, forKey: .shape)
        let offset = try fields.decode(Int.self, forKey: .offset)
        let words = try pool(decoder.userInfo, decoder.codingPath)
            .words(Int64.self, at: offset, count: shape.elementCount)
        guard let words else { throw missing(decoder.codingPath) }
        raw = words
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(type, forKey: .type)
        try fields.encode(shape, forKey: .shape)
        try fields.encode(pool(encoder.userInfo, encoder.codingPath).append(raw), forKey: .offset)
    }
}

internal import FixedPoint
internal import Synchronization
