internal import Basics
internal import LayerKit

/// Rewrites one node into several by the shapes that come in: what no pass can say before shapes are known.
struct ImportExpansion: Sendable {
    let format: ImportFormat
    let ops: Set<String>
    /// What the ops have to do with activations, where no room reads them.
    let activation: ActivationPart
    /// The nodes instead, the last of which gives what the node gave; nil where it stays as it is.
    let apply: @Sendable (_ node: ImportNode, _ shapes: [Shape]) throws(LayerError) -> [ImportNode]?

    init(
        _ format: ImportFormat, _ ops: Set<String>, activation: ActivationPart = .none,
        _ apply: @escaping @Sendable (_ node: ImportNode, _ shapes: [Shape]) throws(LayerError) -> [ImportNode]?
    ) {
        self.format = format
        self.ops = ops
        self.activation = activation
        self.apply = apply
    }

    /// All of them. What one gives, the others are offered too.
    static let all: [ImportExpansion] = [
        .kerasChannelsFirst, .kerasAxis, .kerasSeparable, .kerasDot, .kerasRepeat, .kerasLogSoftmax,
        .kerasMultiHeadAttention, .kerasAttention, .kerasConstant, .kerasMatmul, .kerasFunction,
        .kerasUnit, .kerasGroups, .kerasClusters, .kerasSquarePlus, .kerasSparsePlus, .kerasAxes,
    ]

    private static let byKey: [ImportKey: [ImportExpansion]] = {
        var byKey: [ImportKey: [ImportExpansion]] = [:]
        for expansion in all {
            for op in expansion.ops { byKey[ImportKey(expansion.format, op), default: []].append(expansion) }
        }
        return byKey
    }()

    static func of(_ key: ImportKey) -> [ImportExpansion] { byKey[key] ?? [] }
}

extension ImportNode {
    /// A part of what the node becomes, named after both.
    func part(
        _ op: String, _ word: String, _ inputs: [String], _ attributes: [String: JSONValue] = [:],
        _ tensors: [String: ImportTensor] = [:]
    ) -> ImportNode {
        var part = ImportNode(
            op, "\(name)_\(word)", inputs: inputs, attributes: attributes, tensors: tensors, origin: origin)
        part.distributed = distributed
        return part
    }

    /// The part that gives what the node gave.
    func last(
        _ op: String, _ inputs: [String], _ attributes: [String: JSONValue] = [:],
        _ tensors: [String: ImportTensor] = [:]
    ) -> ImportNode {
        var last = self
        last.op = op
        last.inputs = inputs
        last.attributes = attributes
        last.tensors = tensors
        return last
    }

    /// The attributes as a room sees them, for reading and refusing.
    func site(_ format: ImportFormat, _ shapes: [Shape]) -> ImportSite {
        ImportSite(
            ImportKey(format, op), layer: origin, attributes: attributes, tensors: tensors, inputs: shapes)
    }
}
