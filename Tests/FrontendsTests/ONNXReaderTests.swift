import Arrays
import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

/// Files as exporters write them, against the answers of onnxruntime and qonnx.
struct ONNXReaderTests {
    static let names = [
        "windows", "flat", "moves", "attention", "sequences", "quantised", "quant_round", "quant_half_up",
        "quant_floor", "quant_up", "states", "powers", "packed", "heads", "choices", "volumes", "integers",
        "thresholds",
        "functions",
    ]

    @Test(arguments: names)
    func networksAnswerAsTheirFrameworks(name: String) throws {
        let model = try ModelReader.read(.whole(try modelFile("onnx/\(name).onnx")))
        let x = try NpyArray.read(try fixture("onnx/\(name)_x.npy"), name: "x"), samples = x.shape[0]
        let inputs = turned(x.doubles, samples, TensorID(model.inputs[0]), model)
        let outputs = model.evaluateFloat([inputs], samples: samples)
        for (index, tensor) in model.outputs.enumerated() {
            let wanted = try NpyArray.read(try fixture("onnx/\(name)_y\(index).npy"), name: "y").doubles
            let want = turned(wanted, samples, tensor, model)
            try #require(outputs[index].count == want.count)
            let largest = want.map(abs).max() ?? 0
            // Quantisers are computed as they were: not a single number goes to the other side.
            let limit = name.hasPrefix("quant_") ? 0 : 1e-6 * largest
            for (got, want) in zip(outputs[index], want) { #expect(abs(got - want) <= limit) }
        }
    }

    /// Samples of the file with the channels last, where the file has them first.
    private func turned(_ values: [Double], _ samples: Int, _ tensor: TensorID, _ model: Model) -> [Double] {
        let shape = model.shape(of: tensor), channels = shape.last ?? 1
        guard model.channelsFirst.contains(tensor) else { return values }
        let count = shape.elementCount, places = count / channels
        return values.indices.map { index in
            let inner = index % count
            return values[index - inner + inner % channels * places + inner / channels]
        }
    }

    /// Whatever damage: a refusal, not a crash.
    @Test(arguments: [
        "windows", "moves", "sequences", "quantised", "states", "packed", "heads", "choices", "integers", "functions",
        "many",
    ])
    func damagedFilesAreRefusedOrRead(name: String) throws {
        let bytes = try fixture("onnx/\(name).onnx")
        for seed in 0..<60 { _ = try? ModelReader.read(.whole(.init(name: "m", bytes: bytes.mutant(seed)))) }
        for end in stride(from: 3, to: bytes.count, by: 97) {
            #expect(throws: DiagnosticError.self) {
                try ModelReader.read(.whole(.init(name: "m", bytes: Array(bytes[..<end]))))
            }
        }
    }

    /// Numbers in a file that the model names: it is said which, and they are read with it.
    @Test func numbersBesideTheModel() throws {
        var file = try modelFile("onnx/beside.onnx")
        let data = try fixture("onnx/beside.onnx.data")
        #expect(ModelReader.dataFile(of: file) == "beside.onnx.data")
        #expect(ModelReader.dataFile(of: try modelFile("onnx/flat.onnx")) == nil)
        file.name = "models/net.onnx"
        let model = try ModelReader.read(
            .parts(architecture: file, weights: .init(name: "models/beside.onnx.data", bytes: data)))
        let x = try NpyArray.read(try fixture("onnx/beside_x.npy"), name: "x")
        let y = try NpyArray.read(try fixture("onnx/beside_y0.npy"), name: "y").doubles
        for (got, want) in zip(model.evaluateFloat([x.doubles], samples: 3)[0], y) { #expect(abs(got - want) < 1e-5) }
        // A name that leads out of the folder is none.
        let name = Array("beside.onnx.data".utf8), other = Array("../ide.onnx.data".utf8)
        var start = 0
        while let place = file.bytes[start...].indices.first(where: { file.bytes[$0...].starts(with: name) }) {
            file.bytes.replaceSubrange(place..<place + name.count, with: other)
            start = place + 1
        }
        #expect(ModelReader.dataFile(of: file) == nil)
        let error = #expect(throws: DiagnosticError.self) { try ModelReader.read(.whole(file)) }
        #expect(
            error?.diagnostics.map(\.message).allSatisfy {
                $0.hasSuffix("its numbers are in '../ide.onnx.data', which is not below the model's folder")
            } == true)
    }

    /// A chain of layers with the firmware's names, without a file: shapes and constants are found.
    @Test func aModelOfLines() throws {
        let model = try model(
            onnx: """
                x = Input() {"shape": [null, 2, 4]}
                v = Constant() {"value_floats": [1.0, 2.0, 3.0, 4.0]}
                k = Constant() {"value_ints": [2, 2, 1]}
                w = Reshape(v, k)
                c = Conv(x, w)
                g = GlobalAveragePool(c)
                y = Flatten(g)
                -> y
                """)
        #expect(model.nodes.map(\.outputs[0]) == [[4, 2], [4, 2], [1, 2], [2]])
        #expect(model.channelsFirst == ["x"])
        // Means are 1.5 and 5.5.
        #expect(model.evaluateFloat([[0, 4, 1, 5, 2, 6, 3, 7]]) == [[12.5, 26.5]])
    }
}
