/// A tensor of a network: which node makes it, and as which of its outputs.
///
/// Output 0 is spelt as the node is, in files and in JSON; the others as a pair.
public struct TensorID: Hashable, Sendable {
    public var node: String
    public var output: Int

    public init(_ node: String, _ output: Int = 0) {
        self.node = node
        self.output = output
    }
}

extension TensorID: ExpressibleByStringLiteral {
    /// The first output of a node.
    public init(stringLiteral node: String) { self.init(node) }
}

extension TensorID: Codable {
    public init(from decoder: any Decoder) throws {
        if let node = try? decoder.singleValueContainer().decode(String.self) {
            self.init(node)
        } else {
            var pair = try decoder.unkeyedContainer()
            self.init(try pair.decode(String.self), try pair.decode(Int.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if output == 0 {
            var container = encoder.singleValueContainer()
            try container.encode(node)
        } else {
            var pair = encoder.unkeyedContainer()
            try pair.encode(node)
            try pair.encode(output)
        }
    }
}
