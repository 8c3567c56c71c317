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
        "normalisation_2", "recurrent_2", "bidirectional_2", "nesting_2", "attention_2",
    ]

    private func whole(_ family: String) throws -> Model {
        let form = family.ends(with: "_3") ? ".keras" : ".h5"
        return try ModelReader.read(.whole(try modelFile("keras/\(family)\(form)")))
    }

    /// The largest difference from Keras' outputs, relative to the largest of each output.
    private func difference(of model: Model, _ family: String) throws -> Double {
        let x = try NpyArray.read(try fixture("keras/\(family)_x.npy"), name: "x")
        let y = try NpyArray.read(try fixture("keras/\(family)_y.npy"), name: "y")
        let samples = x.shape[0]
        func parts(_ array: NpyArray, _ shapes: [Shape]) throws -> [[Double]] {
            let counts = shapes.map(\.elementCount), width = counts.reduce(0, +), values = array.doubles
            try #require(values.count == samples * width, "\(shapes)")
            var start = 0
            return counts.map { count in
                defer { start += count }
                return (0..<samples).flatMap { values[$0 * width + start..<$0 * width + start + count] }
            }
        }
        let inputs = try parts(x, model.inputs.map { model.shape(of: TensorID($0)) })
        let wanted = try parts(y, model.outputs.map(model.shape))
        let found = model.evaluateFloat(inputs, samples: samples)
        try #require(found.count == wanted.count)
        return zip(found, wanted).map { found, wanted in
            let scale = max(1e-6, wanted.map(abs).max() ?? 0)
            return (zip(found, wanted).map { abs($0 - $1) }.max() ?? 0) / scale
        }.max() ?? 1
    }

    @Test(arguments: families) func everyFamilyIsComputedAsKerasDoes(family: String) throws {
        let worst = try difference(of: try whole(family), family)
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
        #expect(try difference(of: model, "narrow_3") < 0.02)
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
