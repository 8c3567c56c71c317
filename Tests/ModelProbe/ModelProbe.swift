import Arrays
import Basics
import Foundation
import Frontends
import LayerKit
import Layers

/// `ModelProbe MODEL [WEIGHTS] [-- x.npy ... = y.npy ...]`: prints the layers of a model, and how far its outputs in
/// double precision are from the ones stated, relative to the largest of each output.
@main
enum ModelProbe {
    static func main() {
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch let error as DiagnosticError {
            for diagnostic in error.diagnostics {
                print("error: \(diagnostic.message)" + (diagnostic.help.map { "\n  help: \($0)" } ?? ""))
            }
            exit(2)
        } catch {
            print("error: \(error)")
            exit(2)
        }
    }

    private static func run(_ words: [String]) throws {
        let parts = words.split(separator: "--", maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
        var files = try parts[0].map { ModelFiles.File(name: $0, bytes: try Files.read($0)) }
        let model = try ModelReader.read(
            files.count > 1 ? .parts(architecture: files[0], weights: files[1]) : .whole(files.removeFirst()))
        guard parts.count > 1 else { return describe(model) }
        let arrays = parts[1].split(separator: "=", omittingEmptySubsequences: false).map(Array.init)
        let inputs = try arrays[0].map(load), wanted = try (arrays.count > 1 ? arrays[1] : []).map(load)
        let given = zip(model.inputs, inputs).map { inFirmwareOrder($1, TensorID($0), model) }
        let outputs = model.evaluateFloat(given, samples: inputs[0].shape[0])
        for (index, (output, want)) in zip(outputs, wanted).enumerated() {
            let want = inFirmwareOrder(want, model.outputs[index], model)
            let scale = want.map(abs).max() ?? 0
            let worst = zip(output, want).map { $0 == $1 ? 0 : abs($0 - $1) }.max() ?? 0
            let same = output.count == want.count
            print(
                model.name(of: model.outputs[index]), same ? "" : "\(output.count) numbers for \(want.count)",
                "worst \(worst) of \(scale)")
        }
    }

    /// Samples with the channels last, where the model file has them first and so has the array.
    private static func inFirmwareOrder(_ array: NpyArray, _ tensor: TensorID, _ model: Model) -> [Double] {
        let shape = model.shape(of: tensor), own = Array(array.shape.dropFirst())
        guard model.channelsFirst.contains(tensor), own != shape, let channels = shape.last, channels == own.first
        else {
            return array.doubles
        }
        let values = array.doubles, places = shape.dropLast().reduce(1, *)
        return (0..<values.count).map { index in
            let sample = index / (places * channels), inner = index % (places * channels)
            return values[sample * places * channels + inner % channels * places + inner / channels]
        }
    }

    private static func load(_ path: String) throws -> NpyArray { try NpyArray.read(try Files.read(path), name: path) }

    private static func describe(_ model: Model) {
        for node in model.nodes {
            let sources = node.inputs.map(model.name).joined(separator: ", ")
            print("\(node.name) (\(node.layer.definition.typeName)) \(node.outputs) <- \(sources)")
        }
        print("outputs: \(model.outputs.map(model.name).joined(separator: ", "))")
    }
}
