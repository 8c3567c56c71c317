import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct FuseActivationQuantizersTests {
    private static let type = FixedType.fixed(8, 1, .rndConv, .sat)

    private static func model(_ name: String) -> Model {
        Model(
            nodes: [
                .init(name: "x", inputs: [], shape: [2], layer: InputLayer(shape: [2])),
                .init(name: name, inputs: ["x"], shape: [2], layer: TableActivation.tanh),
                .init(
                    name: "q", inputs: [TensorID(name)], shape: [2], layer: QuantizedActivation(.fixed(.uniform(type)))),
            ], inputs: ["x"], outputs: ["q"])
    }

    /// One activation of QKeras is one layer of hls4ml, of the type that it quantises to.
    @Test func anActivationIsOfItsQuantizersType() {
        let fused = Pass.fuseActivationQuantizers.apply(Self.model("q_tanh"), .stating(.hls4ml))
        #expect(fused.nodes.map { $0.name } == ["x", "q"])
        #expect(fused["q"]?.layer.as(TableActivation.self) == .tanh)
        #expect(fused["q"]?.result == .type(Self.type))
    }

    /// A layer that the user has named stays one.
    @Test func layersWithNamesStay() {
        for (name, compat) in [("other", Compat.hls4ml), ("q_tanh", .native)] {
            let model = Self.model(name)
            #expect(Pass.fuseActivationQuantizers.apply(model, .stating(compat)) == model)
        }
    }
}
