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
        "quant_floor", "quant_up",
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
    @Test(arguments: ["windows", "moves", "sequences", "quantised"])
    func damagedFilesAreRefusedOrRead(name: String) throws {
        let bytes = try fixture("onnx/\(name).onnx")
        for seed in 0..<60 { _ = try? ModelReader.read(.whole(.init(name: "m", bytes: bytes.mutant(seed)))) }
        for end in stride(from: 3, to: bytes.count, by: 97) {
            #expect(throws: DiagnosticError.self) {
                try ModelReader.read(.whole(.init(name: "m", bytes: Array(bytes[..<end]))))
            }
        }
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
