import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct ExpandQuantizersTests {
    /// hls4ml divides by the scale and casts; natively the steps are decided as trained.
    @Test func aScaleIsOneOfANormalisation() throws {
        let model = try NetworkText([
            "x = input() [2]", "q = fakeQuantizer(x) [2] scale 0.75 low -8 high 7 steps 1", "return q",
        ]).model()
        let expanded = Pass.expandQuantizers.apply(model, .stating(.hls4ml))
        let normalization = try #require(expanded["q"]?.layer.as(BatchNormalization.self))
        #expect(normalization.affine.scale.singles == [1 / 0.75, 1 / 0.75])
        #expect(expanded["q"]?.result == .type(.fixed(4, 4, .rndConv, .sat)))
        #expect(Pass.expandQuantizers.apply(model, .stating(.native)) == model)
    }
}
