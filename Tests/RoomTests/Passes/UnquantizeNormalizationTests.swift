import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct UnquantizeNormalizationTests {
    @Test func hls4mlTakesTheNumbersThatWereTrained() throws {
        let quantized = BatchNormalization(
            gamma: Tensor([1]), beta: Tensor([2]), mean: Tensor([0]), variance: Tensor([1]), epsilon: 0)
        var model = Model(
            nodes: [
                Model.Node(name: "x", inputs: [], shape: [1], layer: InputLayer(shape: [1])),
                Model.Node(name: "n", inputs: ["x"], shape: [1], layer: quantized),
            ], inputs: ["x"], outputs: ["n"])
        let roles: [(TrainedRole, Float)] = [(.gamma, 3), (.beta, 5), (.mean, 1), (.variance, 4)]
        for (role, value) in roles { model.nodes[1].quantizers[role] = TrainedQuantizer(original: Tensor([value])) }
        let own = Pass.unquantizeNormalization.apply(model, .stating(.hls4ml))
        #expect(NetworkText(own).lines[1] == "n = batchNormalization(x) [1] scale 1.5 bias 3.5")
        #expect(Pass.unquantizeNormalization.apply(model, .stating(.native)) == model)
    }
}
