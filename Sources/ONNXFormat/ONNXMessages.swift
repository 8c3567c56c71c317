internal import FoundationEssentials
internal import SwiftProtobuf

/// ONNX files as messages: what protobuf makes of their bytes, and nothing that it means.
public enum ONNXMessages {
    /// Messages within messages. The deepest that is read, a dimension of a shape, is the sixth.
    private static let depth = 16

    /// Why bytes are no message, in words.
    public struct Failure: Error, Hashable, Sendable {
        public let reason: String
    }

    /// The model in a file.
    ///
    /// Lengths within the bytes are compared with what is left of them before memory is taken.
    public static func model(_ bytes: [UInt8]) throws(Failure) -> Onnx_Model {
        var options = BinaryDecodingOptions()
        options.messageDepthLimit = depth
        options.discardUnknownFields = true
        do {
            return try Onnx_Model(serializedBytes: bytes, options: options)
        } catch BinaryDecodingError.truncated {
            throw Failure(reason: "it ends in the middle of a field")
        } catch BinaryDecodingError.invalidUTF8 {
            throw Failure(reason: "a name is not UTF-8")
        } catch BinaryDecodingError.messageDepthLimit {
            throw Failure(reason: "messages nest deeper than those of ONNX")
        } catch {
            throw Failure(reason: "its bytes are no message of protobuf")
        }
    }
}

extension Onnx_Tensor {
    /// Calls `body` with the raw bytes of the numbers, where they lie.
    public func withRawBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try rawData.withUnsafeBytes(body)
    }

    /// How many raw bytes there are.
    public var rawCount: Int { rawData.count }
}

extension Onnx_Attribute {
    /// Its text; what is not UTF-8 is replaced.
    public var text: String { String(decoding: s, as: UTF8.self) }

    /// Its texts; what is not UTF-8 is replaced.
    public var texts: [String] { strings.map { String(decoding: $0, as: UTF8.self) } }
}
