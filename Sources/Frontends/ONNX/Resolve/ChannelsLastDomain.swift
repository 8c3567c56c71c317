internal import Basics

/// Operators of QONNX's channels-last domain: those of the default domain between transpositions, which vanish where the
/// network is put into the firmware's layout.
enum ChannelsLastDomain {
    /// A node as several of the default domain; nil for a node of another.
    static func inDefaultDomain(
        _ node: ImportNode, _ op: ONNXOp, _ rank: Int, _ names: inout Set<String>
    ) -> [ImportNode]? {
        let own: ONNXOp
        switch op {
        case .channelsLastBatchNormalization: own = .batchNormalization
        case .channelsLastConv: own = .conv
        case .channelsLastMaxPool: own = .maxPool
        default: return nil
        }
        guard rank > 1, !node.inputs.isEmpty, !node.outputs.isEmpty else { return nil }
        let toFirst = [0, rank - 1] + Array(1..<rank - 1), toLast = [0] + Array(2..<rank) + [1]
        var made: [ImportNode] = []
        func transpose(_ input: String, _ order: [Int], _ part: String) -> String {
            let name = names.claim("\(node.name)_\(part)")
            made.append(
                ImportNode(
                    ONNXOp.transpose.rawValue, name, inputs: [input], attributes: ["perm": .integers(order)],
                    origin: node.origin))
            return name
        }
        var inner = node
        inner.op = own.rawValue
        inner.inputs[0] = transpose(node.inputs[0], toFirst, "first")
        // Its weights have the channels last as well.
        if own == .conv, node.inputs.count > 1 { inner.inputs[1] = transpose(node.inputs[1], toFirst, "weights") }
        inner.outputs[0] = names.claim("\(node.name)_channels_first")
        made.append(inner)
        made.append(
            ImportNode(
                ONNXOp.transpose.rawValue, names.claim("\(node.name)_last"), inputs: [inner.outputs[0]],
                outputs: [node.outputs[0]],
                attributes: ["perm": .integers(toLast)], origin: node.origin))
        return made
    }
}
