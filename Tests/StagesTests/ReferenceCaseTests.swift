import Basics
import Config
import Emulator
import FixedPoint
import Arrays
import Frontends
import LayerKit
import Layers
import Optimizer
import Testing
import TestSupport

/// Models with their hls4ml YAML, inputs, and what hls4ml 1.3.0's own C simulation answered: the same numbers, bit for
/// bit, from reading the files to the last cast.
@Suite struct ReferenceCaseTests {
    static let names = [
        "k2-act-parametric", "k2-act-tables", "k2-da-dense", "k2-jet-3layer", "k2-jet-explicit", "k2-jet-resource-rf",
        "k2-jet-stream", "k2-max-precision", "k2-mlp-batchnorm", "k2-rounding-modes", "k2-softmax-impls",
    ]

    private static let folder = Repository.fixtures + "/cases/"

    private func array(_ name: String, _ file: String) throws -> NpyArray {
        try NpyArray.read(try Files.read(Self.folder + name + "/" + file), name: file)
    }

    private func design(_ name: String) throws -> Design {
        let project = try ProjectFile.load(path: Self.folder + name + "/config.yml")
        func file(_ written: String) throws -> ModelFiles.File {
            ModelFiles.File(name: written, bytes: try Files.read(Self.folder + name + "/" + written))
        }
        let files: ModelFiles =
            switch project.model {
            case .file(let path): .whole(try file(path))
            case .parts(let architecture, let weights):
                .parts(architecture: try file(architecture), weights: try file(weights))
            }
        return try Pipeline.optimize(
            try ModelReader.read(files), options: project.options, io: project.io
        ).design
    }

    @Test(arguments: names)
    func givesTheRecordedAnswer(name: String) throws {
        let design = try design(name)
        let input = try array(name, "x.npy")
        let samples = input.shape[0]
        let outputs = try Emulator(design).predict([input.doubles], samples: samples)
        for (index, output) in outputs.enumerated() {
            let wanted = try array(name, outputs.count == 1 ? "y_hls.npy" : "y_hls_\(index).npy")
            guard case .float32(let recorded) = wanted.values else {
                Issue.record("the recorded answer of \(name) is not float32")
                continue
            }
            #expect(output.count == recorded.count)
            let different = zip(output, recorded).count { Float($0) != $1 }
            #expect(different == 0, "\(different) of \(recorded.count) numbers of output \(index) differ")
        }
    }

    /// 128-bit words, which wide types need, give what 64-bit words give.
    @Test(arguments: ["k2-jet-explicit", "k2-softmax-impls", "k2-mlp-batchnorm"])
    func wideWordsAgree(name: String) throws {
        let design = try design(name)
        let input = try array(name, "x.npy").doubles
        let elements = design.inputs[0].shape.elementCount
        for sample in 0..<5 {
            let narrow = try Emulator(design).trace([input], sample: sample)
            let placed = try PlacedDesign(design)
            var wide: [TensorID: [Int128]] = [:]
            let first = input[sample * elements..<(sample + 1) * elements]
            wide[design.inputs[0].id] = first.map { design.inputs[0].spec.type.quantize($0) }
            for (node, site) in zip(design.nodes, placed.sites) {
                let kernel: Kernel<Int128> = node.operation.definition.kernel(site)
                let sources = node.inputs.compactMap { wide[$0] }
                wide[TensorID(node.name)] = Self.run(kernel, sources[0], count: site.output.count)
            }
            for (tensor, values) in wide { #expect(narrow[tensor] == values, "\(tensor)") }
        }
    }

    /// What a kernel of one input and one output makes of a tensor.
    static func run(_ kernel: Kernel<Int128>, _ input: [Int128], count: Int) -> [Int128] {
        var output = [Int128](repeating: 0, count: count)
        input.withUnsafeBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                withUnsafePointer(to: from) { from in withUnsafePointer(to: to) { kernel(from, $0) } }
            }
        }
        return output
    }
}
