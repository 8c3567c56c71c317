internal import Basics
internal import LayerKit

/// A network as its file states it, in terms that no format owns: what every reader gives, and what the passes rewrite
/// until each op is one that a room reads.
///
/// Edges name values. A node may give several; several nodes may hold the same trained numbers (a layer that is called
/// twice); a constant is a node without inputs that holds its numbers.
struct ImportGraph: Equatable {
    var format: ImportFormat
    /// The file as the user calls it, for messages.
    var file: String
    var nodes: [ImportNode]
    /// The values that enter the network, in the file's order; each is what a node without inputs gives.
    var inputs: [String]
    /// The values that leave the network, in the file's order.
    var outputs: [String]
    /// Inputs and outputs that have the channels behind the samples in the file and last here.
    var channelsFirst: Set<String> = []

    /// The place of the node that gives a value, for every value.
    var producers: [String: Int] {
        var producers: [String: Int] = [:]
        for (index, node) in nodes.enumerated() {
            for output in node.outputs { producers[output] = index }
        }
        return producers
    }

    func error(_ message: String, help: String? = nil) -> DiagnosticError {
        DiagnosticError(.error("'\(file)': \(message)", help: help))
    }
}

/// One call of an op.
struct ImportNode: Equatable {
    /// As the format spells it.
    var op: String
    var name: String
    /// The values that it reads.
    var inputs: [String]
    /// The values that it gives.
    var outputs: [String]
    var attributes: [String: JSONValue]
    /// Trained numbers by the name that the format gives them inside the layer.
    var tensors: [String: ImportTensor]
    /// The layer as the user knows it from the file: what messages name. A pass that makes a node out of a part of
    /// another leaves the other's here.
    var origin: String
    /// Along how many leading axes the op is applied, each slice by itself with the same numbers.
    var distributed = 0
    /// What the reader could not read of it, and so why it is refused.
    var faults: [Diagnostic] = []
    /// The shapes of what it gives, where a pass has found them, with the samples' axis, which is `Batch.size` long.
    var shapes: [Shape] = []

    init(
        _ op: String, _ name: String, inputs: [String] = [], outputs: [String]? = nil,
        attributes: [String: JSONValue] = [:], tensors: [String: ImportTensor] = [:], origin: String? = nil
    ) {
        self.op = op
        self.name = name
        self.inputs = inputs
        self.outputs = outputs ?? [name]
        self.attributes = attributes
        self.tensors = tensors
        self.origin = origin ?? name
    }
}
