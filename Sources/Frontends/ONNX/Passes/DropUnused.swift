internal import LayerKit

extension ImportPass {
    /// Without nodes that nothing reads, and without those that give what they read: `Identity` and casts between real
    /// numbers.
    static let dropUnused = ImportPass("drop-unused") { graph in
        guard graph.format == .onnx else { return graph }
        var result = graph
        var same: [String: String] = [:]
        result.nodes = graph.nodes.compactMap { node in
            var node = node
            node.inputs = node.inputs.map { same[$0] ?? $0 }
            let isSame = node.op == ONNXOp.identity.rawValue || node.op == ONNXOp.cast.rawValue
            if isSame, node.faults.isEmpty, node.inputs.count == 1, !node.shapes.isEmpty {
                same[node.outputs[0]] = node.inputs[0]
                return nil
            }
            return node
        }
        result.outputs = graph.outputs.map { same[$0] ?? $0 }
        var used = Set(result.outputs)
        result.nodes = result.nodes.reversed().filter { node in
            // An input is one of the network's, used or not; what is refused is told.
            let isKept =
                node.op == ONNXOp.input.rawValue || !node.faults.isEmpty || !used.isDisjoint(with: node.outputs)
            if isKept { used.formUnion(node.inputs) }
            return isKept
        }.reversed()
        return result
    }
}
