import Basics
import LayerKit
import Layers

extension Pass {
    /// before: `s, h = gru(x)`, `return reshape(s)`; after: `h = gru(x)`, `return h`: of a recurrent layer of PyTorch, which gives
    /// its sequence and its state, hls4ml gives the state alone. Where a layer reads the sequence it stays: what hls4ml computes
    /// there is nothing of the network.
    static let keepLastState = Pass(hls4ml: "keep-last-state") { model, node, _ in
        guard var layer = node.layer.as(Recurrent.self), layer.results.count > 1, layer.results[0] == .sequence,
            let state = layer.results.firstIndex(of: .hidden)
        else { return model }
        var result = model
        while let reader = result.soleReshape(of: TensorID(node.name)) { result = result.removing(reader.name) }
        let isRead = result.nodes.contains { $0.inputs.contains { $0.node == node.name } }
        let given = result.outputs.filter { $0.node == node.name }
        guard !isRead, !given.isEmpty, given.allSatisfy({ $0.output == 0 }),
            let place = result.nodes.firstIndex(where: { $0.name == node.name })
        else { return model }
        layer.results = [.hidden]
        result.nodes[place].outputs = [node.outputs[state]]
        return result.replacing(node.name, by: layer)
    }
}

extension Model {
    /// The layer that gives the tensor another shape, where it is all that reads it.
    fileprivate func soleReshape(of tensor: TensorID) -> Node? {
        guard useCount(of: tensor) == 1 else { return nil }
        return nodes.first { $0.inputs == [tensor] && $0.layer.as(Reshape.self) != nil }
    }
}
