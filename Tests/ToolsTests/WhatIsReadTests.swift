import Basics
import Config
import Frontends
@testable import HLSWriter
import LayerKit
import Layers
import Optimizer
import Options
import Testing
import TestSupport

/// The README's section on what is read, against the readers and the catalogue: a row says what the code does.
@Suite struct WhatIsReadTests {
    private static let section: [String] = {
        let lines = ((try? Files.text(Repository.root + "/README.md")) ?? "").split(separator: "\n").map(String.init)
        guard let start = lines.firstIndex(of: "## What it reads and what it does not") else { return [] }
        return Array(lines[start...].dropFirst().prefix { !$0.hasPrefix("## ") })
    }()

    /// The cells of the rows of a table behind its header.
    private static func table(_ header: String) -> [[String]] {
        guard let start = section.firstIndex(of: header) else { return [] }
        return section[start...].dropFirst(2).prefix { $0.hasPrefix("|") }.map { row in
            row.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
        }
    }

    /// How Keras calls what a layer reads: classes, and activation functions without what stands before them.
    private static func names(_ layer: any ModelLayer.Type) -> String {
        // What passes make of quantizers has no name there.
        let ops = layer.imports.filter { $0.key.format == .keras && !$0.key.op.hasPrefix("quantizers.") }.map {
            "`\($0.key.op.replacing("activations.", with: ""))`"
        }
        return ops.joined(separator: ", ")
    }

    /// Whether a layer can be written: it becomes operations, or needs none.
    private static func firmware(_ layer: any ModelLayer.Type) -> String {
        let needsNone: [any ModelLayer.Type] = [InputLayer.self, Dropout.self]
        let becomes = layer.operations + layer.borrowed
        return !becomes.isEmpty || needsNone.contains { $0 == layer } ? "yes" : "not yet"
    }

    /// The models of the fixtures.
    private static func models() throws -> [Model] {
        func file(_ name: String) throws -> ModelFiles.File {
            ModelFiles.File(name: name, bytes: try Files.read(Repository.fixtures + "/" + name))
        }
        let zoo = ModelFiles.parts(
            architecture: try file("keras_zoo.json"), weights: try file("keras_zoo_weights.h5"))
        let others = try ["keras", "onnx"].flatMap { folder in
            try Files.list("\(Repository.fixtures)/\(folder)").sorted().filter {
                $0.hasSuffix(".keras") || $0.hasSuffix(".onnx")
            }.map { ModelFiles.whole(try file("\(folder)/\($0)")) }
        }
        return ([zoo, .whole(try file("hgq2.keras"))] + others).compactMap { try? ModelReader.read($0) }
    }

    /// A node by itself, behind inputs of the shapes that it reads.
    private static func alone(_ node: Model.Node, of model: Model) -> Model {
        let inputs = node.inputs.enumerated().map { place, tensor in
            let shape = model.shape(of: tensor)
            return Model.Node(name: "x\(place)", inputs: [], shape: shape, layer: InputLayer(shape: shape))
        }
        var own = node
        own.inputs = inputs.map { TensorID($0.name) }
        return Model(nodes: inputs + [own], inputs: inputs.map { $0.name }, outputs: [TensorID(node.name)])
    }

    @Test func everyLayerHasItsRow() throws {
        let rows = Self.table("| layer | in Keras | firmware |")
        #expect(rows.map { $0[0] } == Catalog.layers.map { "\($0)" })
        #expect(rows.map { $0[1] } == Catalog.layers.map(Self.names))
        #expect(rows.map { $0[2] } == Catalog.layers.map(Self.firmware))
    }

    /// Of each layer that is said to have firmware, one of a model that is read becomes some.
    @Test(arguments: IOType.allCases) func whatHasFirmwareIsWritten(io: IOType) throws {
        let models = try Self.models()
        for layer in Catalog.layers where Self.firmware(layer) == "yes" && layer != InputLayer.self {
            let specimens = models.flatMap { model in
                model.nodes.filter { type(of: $0.layer.definition) == layer }.map { Self.alone($0, of: model) }
            }
            let isWritten = specimens.contains { model in
                guard let design = try? Pipeline.optimize(model, options: OptionTable(), io: io).design else {
                    return false
                }
                return (try? HLSProject(design, project: "alone")) != nil
            }
            #expect(isWritten, "none of \(specimens.count) \(layer) is written")
        }
    }

    @Test(arguments: [
        ("TensorFlow SavedModel", [0x08, 0x01, 0x12, 0x07]),
        ("TensorFlow Lite", Array("\u{1C}\0\0\0TFL3".utf8)),
        ("Python pickles", [0x80, 0x02, 0x8A]),
    ])
    func whatIsNotReadIsSaid(name: String, bytes: [UInt8]) throws {
        let row = try #require(Self.table("| not read | what is said of it |").first { $0[0] == name })
        let error = #expect(throws: DiagnosticError.self) {
            try ModelReader.read(.whole(ModelFiles.File(name: "m", bytes: bytes)))
        }
        #expect(error?.diagnostics.first?.message == "'m': " + row[1])
    }

    @Test(arguments: [
        ("activations of QKeras that adapt", "QAdaptiveActivation"),
        ("a convolution with weights of its own at every place", "LocallyConnected1D"),
        ("a mask", "Masking"),
        ("a function in Python", "Lambda"), ("a pruning wrapper", "PruneLowMagnitude"),
    ])
    func layersThatAreNotReadAreSaid(name: String, layer: String) throws {
        let row = try #require(Self.table("| not read | what is said of it |").first { $0[0] == name })
        let json = #"""
            {"class_name": "Sequential", "keras_version": "2.14.0", "config": {"name": "m", "layers": [
            {"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [null, 4, 4]}},
            {"class_name": "\#(layer)", "config": {"name": "y"}}]}}
            """#
        let error = #expect(throws: DiagnosticError.self) {
            try ModelReader.read(
                .parts(
                    architecture: ModelFiles.File(name: "m.json", bytes: Array(json.utf8)),
                    weights: ModelFiles.File(
                        name: "w.h5", bytes: try Files.read(Repository.fixtures + "/keras_zoo_weights.h5"))))
        }
        #expect(error?.diagnostics.first?.message == "layer 'y': " + row[1])
    }
}
