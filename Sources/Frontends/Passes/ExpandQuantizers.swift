internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `a = activations.quantized_tanh(x) {bits: 6}`; after: `a_clip = quantizers.clip(x) {high: 1, low: -1}`,
    /// `a = quantizers.fixed(a_clip) {type: "fixed<6,1,RND_CONV,SAT>"}`.
    ///
    /// An activation that is a quantizer of QKeras becomes the ops that it comes down to, the last one in its place.
    static let expandQuantizers = ImportPass("expand-quantizers") { graph in
        guard graph.format == .keras else { return graph }
        var result = graph
        result.nodes = []
        var names = Set(graph.nodes.map(\.name))
        for var node in graph.nodes {
            do throws(LayerError) {
                guard let steps = try QuantizerActivations.steps(of: node), let last = steps.last else {
                    result.nodes.append(node)
                    continue
                }
                var inputs = node.inputs
                for step in steps.dropLast() {
                    let name = names.claim("\(node.name)_\(step.word)")
                    var made = ImportNode(
                        step.op, name, inputs: inputs, attributes: step.attributes, tensors: step.tensors,
                        origin: node.origin)
                    made.distributed = node.distributed
                    result.nodes.append(made)
                    inputs = [name]
                }
                node.op = last.op
                node.inputs = inputs
                node.attributes = last.attributes
                node.tensors = last.tensors
            } catch {
                let error = LayerError("activation: \(error.message)", attribute: "activation", help: error.help)
                node.faults.append(error.diagnostic(layer: node.origin))
                // Of a quantizer no room reads; what is wrong with it is said.
                node.op = KerasActivations.className
            }
            result.nodes.append(node)
        }
        return result
    }
}

/// Activations that are quantizers.
enum QuantizerActivations {
    /// The ops that a node comes down to; nil where it is no quantizer of QKeras.
    static func steps(of node: ImportNode) throws(LayerError) -> [QuantizerStep]? {
        guard let name = node.op.rest(behind: KerasActivations.prefix) else { return nil }
        if let function = name.rest(behind: QKerasFunction.prefix) {
            return QKerasFunction(rawValue: function).map { [$0.step] }
        }
        guard QuantizerClass(rawValue: name) != nil else { return nil }
        return try Quantizer(QuantizerCall(name: name, positional: [], named: node.attributes)).steps()
    }
}
