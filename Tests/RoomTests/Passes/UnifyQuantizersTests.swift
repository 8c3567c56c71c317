import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct UnifyQuantizersTests {
    private static func model(_ type: FixedType) -> Model {
        Model(
            nodes: [
                .init(name: "x", inputs: [], shape: [2], layer: InputLayer(shape: [2])),
                .init(name: "q", inputs: ["x"], shape: [2], layer: QuantizedActivation(.fixed(.uniform(type)))),
            ], inputs: ["x"], outputs: ["q"])
    }

    @Test func whatSaturatesAtTheEndsOfATypeIsAQuantizer() throws {
        let model = Self.model(.fixed(8, 3, .rndConv, .sat))
        let unified = Pass.unifyQuantizers.apply(model, .stating(.native))
        let quantizer = try #require(unified["q"]?.layer.as(FakeQuantizer.self))
        #expect(quantizer.scale.singles == [0x1p-5])
        #expect(quantizer.low?.singles == [-128] && quantizer.high?.singles == [127])
        #expect(Pass.unifyQuantizers.apply(model, .stating(.hls4ml)) == model)
    }

    @Test func whatWrapsIsNone() {
        let model = Self.model(.fixed(8, 3))
        #expect(Pass.unifyQuantizers.apply(model, .stating(.native)) == model)
    }
}
