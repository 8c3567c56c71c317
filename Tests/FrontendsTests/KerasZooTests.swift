import Arrays
import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

/// Networks of every family of layers, as Keras 2 and Keras 3 save them, against the outputs that Keras itself gave
/// (`make_keras.py` beside the fixtures).
struct KerasZooTests {
    private static let families = [
        "activations_3", "convolutions1d_3", "convolutions2d_3", "channels_first_3", "pooling_3", "merges_3",
        "shapes_3",
        "normalisation_3", "recurrent_3", "bidirectional_3", "nesting_3", "attention_3", "embedding_3", "functions_3",
        "sharing_3",
        "normalisation_2", "recurrent_2", "bidirectional_2", "nesting_2", "attention_2",
    ]

    private func whole(_ family: String) throws -> Model {
        let form = family.ends(with: "_3") ? ".keras" : ".h5"
        return try ModelReader.read(.whole(try modelFile("keras/\(family)\(form)")))
    }

    @Test(arguments: families) func everyFamilyIsComputedAsKerasDoes(family: String) throws {
        let worst = try FrameworkOutputs.difference(of: try whole(family), "keras/\(family)")
        #expect(worst < 1e-5)
    }

    @Test func weightsOfKeras3BesideTheirArchitecture() throws {
        let parts = try ModelReader.read(
            .parts(
                architecture: try modelFile("keras/nesting_3.json"),
                weights: try modelFile("keras/nesting_3.weights.h5")))
        #expect(parts == (try whole("nesting_3")))
        #expect(try ModelReader.read(.whole(try modelFile("keras/nesting_3.h5"))) == parts)
    }

    /// What Keras rounds while it computes is not rounded here; the weights are what the file holds.
    @Test func halfPrecisionIsReadExactly() throws {
        let model = try whole("narrow_3")
        let half = try #require(model["half"]?.layer.as(Dense.self)).kernel.singles
        let brain = try #require(model["brain"]?.layer.as(Dense.self)).kernel.singles
        #expect(half.allSatisfy { $0.bitPattern & 0x1FFF == 0 && $0 != 0 })
        #expect(brain.allSatisfy { $0.bitPattern & 0xFFFF == 0 && $0 != 0 })
        #expect(try FrameworkOutputs.difference(of: model, "keras/narrow_3") < 0.02)
    }

    /// Layers of a model in another are called after both; a layer that is called twice is two nodes.
    @Test func namesSayWhereALayerIs() throws {
        let names = try whole("nesting_3").nodes.map(\.name)
        #expect(names.contains("two_inner_dense"))
        #expect(names.contains("two_2_inner_dense"))
        #expect(names.contains("shared") && names.contains("shared_2"))
        #expect(names.contains { $0.begins(with: "steps_dense") })
    }
}
