import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

/// Scales go down to the next quantiser, which takes them in; what is left are whole numbers.
@Suite struct QuantizerPassesTests {
    @Test func aScaleThatIsNoPowerOfTwoIsSplitOff() throws {
        try expect(
            .splitQuantizerScales,
            ["x = input() [2]", "q = fakeQuantizer(x) [2] scale 0.75 low -8 high 7", "return q"],
            gives: [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 0.75 low -8 high 7 steps 1",
                "q_scale = batchNormalization(q) [2] scale 0.75 0.75 bias 0 0", "return q_scale",
            ])
        try expect(
            .splitQuantizerScales,
            leaves: ["x = input() [2]", "q = fakeQuantizer(x) [2] scale 0.25 low -8 high 7", "return q"])
    }

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
                "d_scale = batchNormalization(d) [2] scale 0.1 0.1 bias 2 3", "return d_scale",
            ])
    }

    @Test func aScaleMovesPastADenseLayerAndARectifier() throws {
        try expect(
            .moveScales,
            [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 3 low -8 high 7 steps 1",
                "s = batchNormalization(q) [2] scale 3 3 bias 0 0", "d = dense(s) [1] kernel 1 2",
                "r = relu(d) [1]", "return r",
            ],
            gives: [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 3 low -8 high 7 steps 1",
                "d = dense(q) [1] kernel 1 2", "r = relu(d) [1]", "s = batchNormalization(r) [1] scale 3 bias 0",
                "return s",
            ])
    }

    @Test func aQuantizerTakesInWhatIsBeforeIt() throws {
        try expect(
            .absorbIntoQuantizers,
            [
                "x = input() [2]", "n = batchNormalization(x) [2] scale 3 5 bias 0 1", "r = relu(n) [2]",
                "q = fakeQuantizer(r) [2] scale 1 low -8 high 7", "return q",
            ],
            gives: [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 1 low 0 high 7 factor 3 5 offset 0 1", "return q",
            ])
    }

    @Test func aSumIsCastToTheTypeOfTheQuantizerBehindIt() throws {
        let model = try NetworkText([
            "x = input() [2]", "d = dense(x) [2] kernel 1 2 3 4", "q = fakeQuantizer(d) [2] scale 0.25 low 0 high 15",
            "return q",
        ]).model()
        let fused = Pass.fuseQuantizers.apply(model, .stating(.native))
        #expect(fused.nodes.map(\.name) == ["x", "d"])
        #expect(fused["d"]?.result == .type(.ufixed(4, 2, .rndConv, .sat)))
        let stated = Pass.fuseQuantizers.apply(model, .stating(.native, ["d": .type(.fixed(9, 4))]))
        #expect(stated == model)
    }

    @Test func anInputHasTheTypeOfItsQuantizer() throws {
        let model = try NetworkText([
            "x = input() [2]", "q = fakeQuantizer(x) [2] scale 0.25 low -8 high 7", "return q",
        ]).model()
        let typed = Pass.typeInputs.apply(model, .stating(.native))
        #expect(typed["x"]?.result == .type(.fixed(4, 2, .rndConv, .sat)))
        #expect(typed.outputs == [TensorID("x")])
    }
}
