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
        var result = graph
        result.nodes = []
        var names = Set(graph.nodes.map(\.name))
        var renamed: [String: String] = [:]
        for var node in graph.nodes {
            node.inputs = node.inputs.map { renamed[$0] ?? $0 }
            guard let kind = HGQClass(op: node.op), node.faults.isEmpty, let output = node.outputs.first else {
                result.nodes.append(node)
                continue
            }
            do throws(LayerError) {
                var expansion = HGQExpansion(node, names: names)
                let value = try expansion.expand(kind)
                if value != output { renamed[output] = value }
                names = expansion.names
                result.nodes += expansion.made.map { made in
                    var made = made
                    made.distributed = node.distributed
                    return made
                }
            } catch {
                node.faults.append(error.diagnostic(layer: node.origin))
                // Of no class that a room reads: what is wrong with it is said.
                node.op = KerasActivations.className
                result.nodes.append(node)
            }
        }
        result.outputs = graph.outputs.map { renamed[$0] ?? $0 }
        return result
    }
}
