import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct FactorKernelScalesTests {
    /// In single precision: a third of 0.3 is not quite 0.1.
    @Test func aScaleOfAKernelIsFactoredOut() throws {
        try expect(
            .factorKernelScales,
            [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 1 low -8 high 7",
                "d = dense(q) [2] kernel 0.1 0.3 0.3 0.9 bias 2 3", "return d",
            ],
            gives: [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 1 low -8 high 7",
                "d = dense(q) [2] kernel 1 3 3 9",
                "d_scale = batchNormalization(d) [2] scale 0.099999994 0.099999994 bias 2 3", "return d_scale",
            ])
    }

    /// Whose quantiser it does not look at.
    @Test func hls4mlAddsTheBiasThatWasTrained() throws {
        var model = try NetworkText([
            "x = input() [2]", "q = fakeQuantizer(x) [2] scale 1 low -8 high 7",
            "d = dense(q) [2] kernel 0.1 0.3 0.3 0.9 bias 2 3", "return d",
        ]).model()
        model.nodes[2].quantizers[.bias] = TrainedQuantizer(original: Tensor([2.25, 2.75]))
        func line(_ options: OptionTable) -> String {
            NetworkText(Pass.factorKernelScales.apply(model, options)).lines[3]
        }
        let scale = "d_scale = batchNormalization(d) [2] scale 0.099999994 0.099999994"
        #expect(
            line(.stating(.native)) == scale + " bias 2 3"
                && line(.stating(.hls4ml, ["d": .auto])) == scale + " bias 2.25 2.75")
    }

    @Test func aConvolutionGivesItsScaleAsWell() throws {
        let kernel = try #require(Tensor(shape: [1, 2, 1], values: [0.1, 0.3]))
        let layer = Convolution(
            kernel: kernel, bias: Tensor([1]), strides: [1], dilations: [1], pads: [Pad(0, 0)])
        let quantizer = FakeQuantizer(
            scale: Tensor([1]), zeroPoint: Tensor([0]), low: Tensor([-8]), high: Tensor([7]), rounding: .halfEven)
        let model = Model(
            nodes: [
                .init(name: "x", inputs: [], shape: [4, 2], layer: InputLayer(shape: [4, 2])),
                .init(name: "q", inputs: ["x"], shape: [4, 2], layer: quantizer),
                .init(name: "c", inputs: ["q"], shape: [4, 1], layer: layer),
            ], inputs: ["x"], outputs: ["c"])
        let factored = Pass.factorKernelScales.apply(model, .stating(.native))
        let whole = factored["c"]?.layer.as(Convolution.self)
        #expect(whole?.kernel.singles == [1, 3] && whole?.bias == nil && factored.outputs == ["c_scale"])
        #expect(NetworkText(factored).lines[3] == "c_scale = batchNormalization(c) [4,1] scale 0.1 bias 1")
    }
}
