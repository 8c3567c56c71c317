internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `fc = hgq.QDense(x) {iq_conf: ..., kq_conf: ...}`; after: `fc_iq = quantizers.fixed_each(x)`,
    /// `fc = Dense(fc_iq)` with a kernel and a bias as their quantizers give them.
    ///
    /// Layers of HGQ 2 become plain ones with quantizers before, and where they have them behind, whose widths are those
    /// that were trained for each element.
    static let expandHGQ = ImportPass("expand-hgq") { graph in
        guard graph.format == .keras else { return graph }
        return graph.replacing { node, names in
            guard let kind = HGQClass(op: node.op), node.faults.isEmpty, let output = node.outputs.first else {
                return nil
            }
            do throws(LayerError) {
                var expansion = HGQExpansion(node, names: names)
                let value = try expansion.expand(kind)
                names = expansion.names
                return ImportGraph.Replacement(nodes: expansion.made, value: value)
            } catch {
                var refused = node
                refused.faults.append(error.diagnostic(layer: node.origin))
                // Of no class that a room reads: what is wrong with it is said.
                refused.op = KerasActivations.className
                return ImportGraph.Replacement(nodes: [refused], value: output)
            }
        }
    }
}
