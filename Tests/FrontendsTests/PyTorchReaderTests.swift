import Arrays
import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

/// Networks that PyTorch exported, by two versions of it: `pack_pytorch.py` says how the fixtures were made.
struct PyTorchReaderTests {
    private func model(_ name: String) throws -> Model {
        try ModelReader.read(.whole(try modelFile("pytorch/" + name)))
    }

    private func arrays(_ name: String, _ kind: String) throws -> [NpyArray] {
        var arrays: [NpyArray] = []
        while let bytes = contents(fixturePath("pytorch/\(name).\(kind)_\(arrays.count).npy")) {
            arrays.append(try NpyArray.read(bytes, name: name))
        }
        return arrays
    }

    /// The numbers of samples, with the channels last where the file has them first and the model last.
    private func numbers(_ array: NpyArray, _ tensor: TensorID, _ model: Model) -> [Double] {
        guard model.channelsFirst.contains(tensor) else { return array.doubles }
        let channels = array.shape[1], places = array.shape.dropFirst(2).reduce(1, *), all = array.doubles
        return all.indices.map { index in
            all[(index / channels / places * channels + index % channels) * places + index / channels % places]
        }
    }

    @Test(arguments: [
        ("mlp-2.5", "mlp-2.5.pt2"), ("cnn_padding-2.15", "cnn_padding-2.15.pt2"), ("resnet-2.15", "resnet-2.15.pt2"),
        ("resnet-2.5", "resnet-2.5.pt2"), ("transposed-2.15", "transposed-2.15.pt2"),
        ("lstm_layers-2.15", "lstm_layers-2.15.pt2"), ("lstm_state-2.5", "lstm_state-2.5.pt2"),
        ("gru_bidirectional-2.15", "gru_bidirectional-2.15.pt2"),
        ("multihead_weights-2.15", "multihead_weights-2.15.pt2"), ("transformer-2.5", "transformer-2.5.pt2"),
        ("attention_causal-2.15", "attention_causal-2.15.pt2"), ("einsum-2.15", "einsum-2.15.pt2"),
        ("reductions-2.15", "reductions-2.15.pt2"), ("slices-2.15", "slices-2.15.pt2"),
        ("split_stack-2.5", "split_stack-2.5.pt2"), ("interpolate-2.15", "interpolate-2.15.pt2"),
        ("norms-2.15", "norms-2.15.pt2"), ("two_outputs-2.15", "two_outputs-2.15.pt2"),
        ("batched_linear-2.15", "batched_linear-2.15.pt2"), ("embedding-2.15", "embedding-2.15.pt2"),
        ("masked_pool-2.15", "masked_pool-2.15.pt2"), ("masked_attention-2.15", "masked_attention-2.15.pt2"),
        ("places-2.15", "places-2.15.pt2"), ("angles-2.15", "angles-2.15.pt2"),
        ("distances-2.15", "distances-2.15.pt2"), ("bilinear_forms-2.15", "bilinear_forms-2.15.pt2"),
        ("edges-2.15", "edges-2.15.pt2"), ("upper_triangle-2.15", "upper_triangle-2.15.pt2"),
        ("class_token-2.15", "class_token-2.15.pt2"), ("shared_heads-2.15", "shared_heads-2.15.pt2"),
        ("resized-2.15", "resized-2.15.pt2"), ("patches-2.15", "patches-2.15.pt2"),
        ("uneven_pools-2.15", "uneven_pools-2.15.pt2"), ("unshuffle-2.15", "unshuffle-2.15.pt2"),
        ("volume-2.15", "volume-2.15.pt2"),
        ("lstm_layers-2.3", "lstm_layers-2.3.pt2"), ("norms-2.3", "norms-2.3.pt2"), ("edges-2.3", "edges-2.3.pt2"),
        ("bilinear_forms-2.3", "bilinear_forms-2.3.pt2"), ("attention_fused-2.3", "attention_fused-2.3.pt2"),
        ("module", "module.pt"), ("module", "module-legacy.pt"),
    ])
    func whatPyTorchComputesIsComputed(arrays name: String, file: String) throws {
        let model = try model(file)
        let inputs = try arrays(name, "x"), wanted = try arrays(name, "y")
        #expect(inputs.count == model.inputs.count && wanted.count == model.outputs.count && !wanted.isEmpty)
        let samples = zip(inputs, model.inputs).map { numbers($0, TensorID($1), model) }
        let outputs = model.evaluateFloat(samples, samples: inputs[0].shape[0])
        for (index, (output, array)) in zip(outputs, wanted).enumerated() {
            let want = numbers(array, model.outputs[index], model)
            let scale = want.map(abs).max() ?? 0
            #expect(output.count == want.count && scale > 0)
            let worst = zip(output, want).map { abs($0 - $1) }.max() ?? .infinity
            #expect(worst <= 1e-5 * scale, "output \(index): \(worst) of \(scale)")
        }
    }

    /// An archive exactly as torch.export.save writes it, with the long records of zip64.
    @Test func anArchiveAsItWasWrittenIsRead() throws {
        #expect(try model("arithmetic-as-written.pt2").inputs == ["x"])
    }

    @Test func layersAreCalledAsHls4mlCallsThem() throws {
        let names = Set(try model("mlp-2.5.pt2").nodes.map(\.name))
        // Dropout and the input's name, which Python has already.
        #expect(names.isSuperset(of: ["input_1", "_0", "_1", "_2", "_4", "_5"]), "\(names.sorted())")
    }

    @Test func whatIsSortedIsRefused() throws {
        let error = try #require(throws: DiagnosticError.self) { try model("largest-2.15.pt2") }
        #expect(error.description.contains("the operator aten.topk.default is not read"), "\(error)")
        #expect(error.diagnostics[0].help?.contains("differs from sample to sample") == true)
    }

    @Test(arguments: [
        ("state_dict.pt", "a state_dict: 9 tensors ('0.weight', '0.bias', '2.weight', ...)"),
        ("traced.pt", "a TorchScript archive"),
    ])
    func filesWithoutAProgramAskForOne(file: String, message: String) throws {
        let error = try #require(throws: DiagnosticError.self) { try model(file) }
        #expect(error.description.contains(message), "\(error)")
        #expect(error.diagnostics[0].help?.contains("torch.export.save(torch.export.export(model.eval()") == true)
    }

    @Test(arguments: ["cnn_padding-2.15.pt2", "mlp-2.5.pt2", "module.pt", "module-legacy.pt"])
    func damagedFilesAreRefused(file: String) throws {
        let bytes = try fixture("pytorch/" + file)
        for length in stride(from: 16, to: bytes.count - 1, by: bytes.count / 7) {
            #expect(throws: DiagnosticError.self) {
                try ModelReader.read(.whole(.init(name: file, bytes: Array(bytes[..<length]))))
            }
        }
        for seed in 0..<40 {
            // Whatever comes of it, it is a model or a refusal.
            _ = try? ModelReader.read(.whole(.init(name: file, bytes: bytes.mutant(seed))))
        }
    }
}
