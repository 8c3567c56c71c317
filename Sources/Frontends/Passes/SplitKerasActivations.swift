internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `fc = Dense(x) {activation: relu}`; after: `fc = Dense(x)`, `fc_relu = Activation(fc) {activation: relu}`.
    ///
    /// The activation that some layers take becomes a node behind them, named after both; what read the layer reads
    /// it. A layer without one has the activation `linear`.
    static let splitKerasActivations = ImportPass("split-keras-activations") { graph in
        guard graph.format == .keras else { return graph }
        var result = graph
        var names = Set(graph.nodes.map(\.name))
        var renamed: [String: String] = [:]
        result.nodes = []
        for var node in graph.nodes {
            node.inputs = node.inputs.map { renamed[$0] ?? $0 }
            guard KerasActivations.inline.contains(node.op), let output = node.outputs.first else {
                result.nodes.append(node)
                continue
            }
            let activation = node.attributes.removeValue(forKey: "activation") ?? .null
            let name = names.claim("\(node.name)_\(KerasActivations.word(activation))")
            renamed[output] = name
            result.nodes.append(node)
            var split = ImportNode(
                KerasActivations.className, name, inputs: [output], attributes: ["activation": activation],
                origin: node.origin)
            split.distributed = node.distributed
            result.nodes.append(split)
        }
        result.outputs = graph.outputs.map { renamed[$0] ?? $0 }
        return result
    }
}
