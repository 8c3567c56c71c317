import Arrays
import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

struct KerasReaderTests {
    private func expectPredictions(of model: Model, _ name: String) throws {
        let x = try NpyArray.read(try fixture("\(name)_x.npy"), name: "x")
        let y = try NpyArray.read(try fixture("\(name)_y.npy"), name: "y")
        let samples = x.shape[0], expected = y.doubles
        let outputs = model.evaluateFloat([x.doubles], samples: samples)
        // Of each sample all outputs stand behind each other.
        let results = (0..<samples).flatMap { sample in
            outputs.flatMap { $0[sample * $0.count / samples..<(sample + 1) * $0.count / samples] }
        }
        try #require(results.count == expected.count)
        for (index, (result, want)) in zip(results, expected).enumerated() {
            #expect(abs(result - want) <= 1e-5 * max(1, abs(want)), "value \(index)")
        }
    }

    @Test func aWholeModelIsReadAndPredictsAsKeras() throws {
        let model = try ModelReader.read(.whole(try modelFile("keras_chain.h5")))
        #expect(model.inputs == ["d1_input"])
        #expect(model.outputs == ["sm"])
        #expect(model.nodes.map(\.name) == ["d1_input", "d1", "d1_relu", "bn", "drop", "d2", "d2_linear", "sm"])
        #expect(model.nodes.map(\.outputs[0]) == [[4], [3], [3], [3], [3], [2], [2], [2]])
        #expect(model["d2_linear"]?.layer == Layer(Linear()))
        #expect(model["d2_linear"]?.inputs == ["d2"])
        #expect(model["sm"]?.inputs == ["d2_linear"])
        guard let dense = model["d2"]?.layer.as(Dense.self) else { throw LayerError("d2 is no Dense") }
        #expect(dense.bias == nil)
        try expectPredictions(of: model, "keras_chain")
    }

    @Test func everyLayerInTwoFilesIsReadAndPredictsAsKeras() throws {
        let model = try ModelReader.read(
            .parts(architecture: try modelFile("keras_zoo.json"), weights: try modelFile("keras_zoo_weights.h5")))
        #expect(model.inputs == ["inp"])
        #expect(model.outputs.count == 21)
        #expect(model.outputs.contains("dense_LeakyReLU"))
        #expect(model["dense"]?.outputs == [[2, 2]])
        #expect(model["flat"]?.outputs == [[6]])
        #expect(model["reshape"]?.outputs == [[3, 2]])
        guard let relu = model["relu"]?.layer.as(ReLU.self) else { throw LayerError("relu is no ReLU") }
        #expect(relu == ReLU(.relu, maximum: 1.5, slope: Tensor([0.25]), threshold: 0.5))
        try expectPredictions(of: model, "keras_zoo")
    }

    @Test func aNetworkWithoutInputLayerGetsOne() throws {
        let dense = #"{"class_name": "Dense", "config": {"name": "d1", "units": 3, "activation": "tanh""#
        let written = [
            // As Keras wrote it before 2.2.3, before 2.4, and with the shape at the model.
            #"{"class_name": "Sequential", "config": [\#(dense), "batch_input_shape": [null, 4]}}]}"#,
            #"{"class_name": "Sequential", "config": {"layers": [\#(dense), "batch_input_shape": [null, 4]}}]}}"#,
            #"{"class_name": "Sequential", "config": {"layers": [\#(dense)}}], "build_input_shape": [null, 4]}}"#,
        ]
        for text in written {
            let model = try read(text)
            #expect(model.nodes.map(\.name) == ["d1_input", "d1", "d1_tanh"])
            #expect(model.inputs == ["d1_input"])
            #expect(model.outputs == ["d1_tanh"])
        }
    }

    @Test func nodesFollowThoseTheyReadFrom() throws {
        let model = try read(
            functional(
                [
                    Piece("Activation", "late", #""activation": "relu""#, from: ["d1"]), Piece.input("b", 3),
                    Piece("Dense", "d1", from: ["a"]), Piece.input("a", 4), Piece("ELU", "other", from: ["b"]),
                ], inputs: ["a", "b"], outputs: ["late", "d1", "other"]))
        #expect(model.nodes.map(\.name) == ["b", "a", "d1", "d1_linear", "late", "other"])
        #expect(model.inputs == ["a", "b"])
        #expect(model.outputs == ["late", "d1_linear", "other"])
    }

    @Test func anActivationDoesNotTakeTheNameOfALayer() throws {
        let model = try read(
            functional(
                [
                    Piece.input("in", 4), Piece("Dense", "d1", #""activation": "relu""#, from: ["in"]),
                    Piece("ReLU", "d1_relu", from: ["d1"]),
                ], inputs: ["in"], outputs: ["d1_relu"]))
        #expect(model.nodes.map(\.name) == ["in", "d1", "d1_relu_2", "d1_relu"])
        #expect(model["d1_relu"]?.inputs == ["d1_relu_2"])
    }

    @Test func callsAreReadInEveryForm() throws {
        for call in [#"[["in", 0, 0, {}]]"#, #"[["in", 0, 0]]"#, #"["in", 0, 0, {}]"#] {
            let text = functional(
                [Piece.input("in", 4), Piece("ELU", "e", from: ["in"])], inputs: ["in"], outputs: ["e"]
            )
            .replacing(#"[["in", 0, 0, {}]]"#, with: call)
            #expect(try read(text)["e"]?.inputs == ["in"])
        }
        let ends = functional([Piece.input("in", 4), Piece("ELU", "e", from: ["in"])], inputs: ["in"], outputs: ["e"])
            .replacing(#""output_layers": [["e", 0, 0]]"#, with: #""output_layers": ["e", 0, 0]"#)
        #expect(try read(ends).outputs == ["e"])
    }

    /// Damaged models are read, or refused with a reason; the process survives either.
    @Test func damageIsNoCrash() throws {
        let whole = try modelFile("keras_chain.h5")
        let json = try modelFile("keras_zoo.json"), weights = try modelFile("keras_zoo_weights.h5")
        var refused = 0
        for seed in 0..<150 {
            var damaged = [whole, json, weights]
            for index in damaged.indices { damaged[index].bytes = damaged[index].bytes.mutant(seed) }
            let models: [ModelFiles] = [
                .whole(damaged[0]), .parts(architecture: damaged[1], weights: weights),
                .parts(architecture: json, weights: damaged[2]),
            ]
            for files in models {
                do throws(DiagnosticError) {
                    _ = try ModelReader.read(files)
                } catch {
                    refused += 1
                    #expect(!error.diagnostics.isEmpty)
                }
            }
        }
        #expect(refused > 75)
    }
}
