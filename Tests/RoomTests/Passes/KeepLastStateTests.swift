import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct KeepLastStateTests {
    /// A GRU over two steps of one feature with the sequence and the state as results.
    private func model(_ results: [Recurrent.Result], outputs: [TensorID], isRead: Bool = false) throws -> Model {
        let gates = try #require(Tensor(shape: [1, 3], values: [0.5, 0.25, 1]))
        let layer = Recurrent(
            .gru(resetAfter: true), kernel: gates, recurrentKernel: gates, bias: nil, recurrentBias: nil,
            activation: TableActivation.tanh, reversed: false, results: results)
        var nodes = [
            Model.Node(name: "x", inputs: [], shape: [2, 1], layer: InputLayer(shape: [2, 1])),
            Model.Node(
                name: "g", inputs: ["x"], outputs: results.map { $0 == .sequence ? [2, 1] : [1] }, layer: Layer(layer)),
        ]
        if isRead { nodes.append(Model.Node(name: "r", inputs: ["g"], shape: [2, 1], layer: ReLU(.relu))) }
        return Model(nodes: nodes, inputs: ["x"], outputs: outputs)
    }

    @Test func aSequenceThatLeavesTheNetworkBecomesItsLastState() throws {
        let kept = Pass.keepLastState.apply(try model([.sequence, .hidden], outputs: ["g"]), .stating(.hls4ml))
        #expect(kept.nodes[1].outputs == [[1]] && kept.outputs == ["g"])
        #expect(kept.nodes[1].layer.as(Recurrent.self)?.results == [.hidden])
    }

    /// PyTorch's directions are an axis of their own, which goes again.
    @Test func shapesBetweenGoWithIt() throws {
        var model = try model([.sequence, .hidden], outputs: ["b"])
        for (name, input, shape) in [("a", "g", [2, 1, 1]), ("b", "a", [2, 1])] {
            model.nodes.append(
                Model.Node(name: name, inputs: [TensorID(input)], shape: shape, layer: Reshape(target: shape)))
        }
        let kept = Pass.keepLastState.apply(model, .stating(.hls4ml))
        #expect(kept.nodes.map(\.name) == ["x", "g"] && kept.outputs == ["g"])
        #expect(kept.nodes[1].outputs == [[1]])
    }

    @Test func othersStay() throws {
        let hls4ml = OptionTable.stating(.hls4ml)
        let native = try model([.sequence, .hidden], outputs: ["g"])
        #expect(Pass.keepLastState.apply(native, .stating(.native)) == native)
        // Of Keras: the sequence is all that it gives.
        let sequence = try model([.sequence], outputs: ["g"])
        #expect(Pass.keepLastState.apply(sequence, hls4ml) == sequence)
        let read = try model([.sequence, .hidden], outputs: ["r"], isRead: true)
        #expect(Pass.keepLastState.apply(read, hls4ml) == read)
        let both = try model([.sequence, .hidden], outputs: ["g", TensorID("g", 1)])
        #expect(Pass.keepLastState.apply(both, hls4ml) == both)
    }
}
