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
        let ops = layer.imports.filter { $0.key.format == .keras }.map {
            "`\($0.key.op.replacing("activations.", with: ""))`"
        }
        return ops.joined(separator: ", ")
    }

    /// A model with every layer that there is, in both of its forms.
    private static func zoo() throws -> Model {
        func file(_ name: String) throws -> ModelFiles.File {
            ModelFiles.File(name: name, bytes: try Files.read(Repository.fixtures + "/" + name))
        }
        return try ModelReader.read(
            .parts(architecture: file("keras_zoo.json"), weights: file("keras_zoo_weights.h5")))
    }

    @Test func everyFormatHasItsColumn() {
        // A further format is a further column.
        #expect(ImportFormat.allCases == [.keras])
    }

    @Test func everyLayerHasItsRow() throws {
        let rows = Self.table("| layer | in Keras | `.h5` | `.json` and `.h5` | `io: parallel` | `io: stream` |")
        #expect(rows.map { $0[0] } == Catalog.layers.map { "\($0)" })
        #expect(rows.map { $0[1] } == Catalog.layers.map(Self.names))
        #expect(rows.allSatisfy { $0[2...] == ["yes", "yes", "yes", "yes"] })
        let model = try Self.zoo()
        let kinds = Set(model.nodes.map { "\(type(of: $0.layer.definition))" })
        #expect(kinds == Set(rows.map { $0[0] }), "the model of this test has every layer")
        for io in IOType.allCases {
            let design = try Pipeline.optimize(model, options: OptionTable(), io: io).design
            // Throws where a layer cannot be written.
            let project = try HLSProject(design, project: "zoo")
            #expect(project.placed.design.nodes.count > 10)
        }
    }

    @Test(arguments: [
        ("Keras 3, `.keras`", Array("PK\u{3}\u{4}....metadata.jsonconfig.jsonmodel.weights.h5".utf8)),
        ("ONNX, QONNX", [0x08, 0x07, 0x12, 0x07]),
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
        ("activations of QKeras that adapt", "QAdaptiveActivation"), ("a convolution", "Conv2D"),
        ("pooling", "MaxPooling2D"), ("a recurrent layer", "LSTM"),
        ("an embedding", "Embedding"), ("attention", "MultiHeadAttention"), ("a pruning wrapper", "PruneLowMagnitude"),
        ("a nested model", "Functional"), ("a sum of two tensors", "Add"),
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
