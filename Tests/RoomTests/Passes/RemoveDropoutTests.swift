import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct RemoveDropoutTests {
    @Test func readersReadWhatTheDropoutRead() throws {
        try expect(
            .removeDropout,
            ["x = input() [2]", "d = dropout(x) [2]", "a = relu(d) [2]", "b = linear(d) [2]", "return a,b"],
            gives: ["x = input() [2]", "a = relu(x) [2]", "b = linear(x) [2]", "return a,b"])
    }

    @Test func severalInARowAndTheLast() throws {
        try expect(
            .removeDropout,
            ["x = input() [2]", "a = relu(x) [2]", "d = dropout(a) [2]", "e = dropout(d) [2]", "return e,a"],
            gives: ["x = input() [2]", "a = relu(x) [2]", "return a,a"])
    }

    @Test func ofSeveralTensorsEachIsFollowed() throws {
        let both: Model.Node = .init(name: "d", inputs: ["x", "y"], outputs: [[2], [3]], layer: Layer(Dropout()))
        var model = try NetworkText(["x = input() [2]", "y = input() [3]", "return d"]).model()
        model.nodes += [both, .init(name: "a", inputs: [TensorID("d", 1)], shape: [3], layer: Linear())]
        model.outputs = ["d", "a"]
        let rest = Pass.removeDropout.apply(model, OptionTable())
        #expect(rest.nodes.map(\.name) == ["x", "y", "a"])
        #expect(rest.nodes[2].inputs == ["y"])
        #expect(rest.outputs == ["x", "a"])
    }

    @Test func whatComputesStays() throws {
        try expect(
            .removeDropout, leaves: ["x = input() [2]", "a = linear(x) [2]", "b = softmax(a) [2]", "return b"])
    }
}
