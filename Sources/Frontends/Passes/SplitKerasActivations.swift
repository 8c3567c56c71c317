internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `fc = Dense(x) {activation: relu}`; after: `fc = Dense(x)`, `fc_relu = Activation(fc) {activation: relu}`.
    ///
    /// The activation that some layers take becomes a node behind them, named after both; what read the layer reads
    /// it. A layer without one has the activation `linear`.
    static let splitKerasActivations = ImportPass("split-keras-activations") { graph in
        guard graph.format == .keras else { return graph }
        return graph.replacing { node, names in
            guard KerasActivations.inline.contains(node.op), let output = node.outputs.first else { return nil }
            var layer = node
            let activation = layer.attributes.removeValue(forKey: "activation") ?? .null
            let split = KerasActivations.node(activation, behind: output, of: node, &names)
            return ImportGraph.Replacement(nodes: [layer, split], value: split.name)
        }
    }
}
