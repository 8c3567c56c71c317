internal import Basics
internal import FoundationEssentials
internal import LayerKit

/// A Model or a Design as files: a readable JSON document, and one binary file that holds the numbers of its tensors.
public struct NetworkFiles {
    public var document: [UInt8]
    public var tensors: [UInt8]

    /// The same value gives the same bytes, always: keys are sorted, tensors lie in the order of the document.
    public init(_ value: some Encodable) throws {
        let pool = TensorPool()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.userInfo[TensorPool.key] = pool
        document = Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
        tensors = pool.bytes
    }

    static func read<Value: Decodable>(_: Value.Type, document: [UInt8], tensors: [UInt8]) throws -> Value {
        let decoder = JSONDecoder()
        decoder.userInfo[TensorPool.key] = TensorPool(bytes: tensors)
        return try decoder.decode(Value.self, from: Data(document))
    }
}
