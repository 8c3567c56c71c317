internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `fc = pquant.PQDense(x) {config: ..., quantize_input: true}`; after: `fc_iq = quantizers.fixed_each(x)`,
    /// `fc = Dense(fc_iq)` with a kernel and a bias as they are used.
    ///
    /// Layers of PQuantML become plain ones with quantizers before, and where they have them behind; of what is pruned the
    /// mask is in the numbers.
    static let expandPQuant = ImportPass("expand-pquant") { graph in
        guard graph.format == .keras else { return graph }
        return graph.expanding(.pquant) { node, names throws(LayerError) in
            guard let kind = PQuantClass(op: node.op) else { return nil }
            var expansion = try PQuantExpansion(node, names: names)
            let value = try expansion.expand(kind)
            names = expansion.layers.names
            return ImportGraph.Replacement(nodes: expansion.layers.made, value: value)
        }
    }
}
