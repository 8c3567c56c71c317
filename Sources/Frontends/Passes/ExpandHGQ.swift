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
        return graph.expanding(.hgq) { node, names throws(LayerError) in
            guard let kind = HGQClass(op: node.op) else { return nil }
            var expansion = HGQExpansion(node, names: names)
            let value = try expansion.expand(kind)
            names = expansion.names
            return ImportGraph.Replacement(nodes: expansion.made, value: value)
        }
    }
}

extension ImportGraph {
    /// The graph with nodes of a package's own classes as what they consist of. What cannot be expanded is left as a
    /// layer that says why.
    ///
    /// - Parameter expansion: as of ``replacing(_:)``.
    func expanding(
        _ package: KerasPackage,
        _ expansion: (ImportNode, inout Set<String>) throws(LayerError) -> Replacement?
    ) -> ImportGraph {
        replacing { node, names in
            guard node.op.begins(with: package.prefix), let output = node.outputs.first else { return nil }
            var refused = node
            // Of no class that a room reads: what is wrong with it is said.
            refused.op = KerasActivations.className
            if node.faults.isEmpty {
                do throws(LayerError) {
                    return try expansion(node, &names)
                } catch {
                    refused.faults.append(error.diagnostic(layer: node.origin))
                }
            }
            return ImportGraph.Replacement(nodes: [refused], value: output)
        }
    }
}
