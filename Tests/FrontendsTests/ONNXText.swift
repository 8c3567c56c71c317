import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

extension ImportGraph {
    /// A graph of ONNX from lines as those of `init(text:)`; its inputs are the values of nodes `Input`.
    init(onnx text: String) throws {
        let keras = try ImportGraph(text: text)
        self.init(
            format: .onnx, file: "model.onnx", nodes: keras.nodes,
            inputs: keras.nodes.filter { $0.op == "Input" }.flatMap(\.outputs), outputs: keras.outputs)
    }

    /// The graph behind passes.
    func passed(_ passes: ImportPass...) throws -> ImportGraph {
        try passes.reduce(self) { try $1.apply($0) }
    }

    /// Trained numbers of a node.
    func numbers(_ node: String, _ tensor: String) throws -> [Float] {
        let node = try #require(nodes.first { $0.name == node }, "\(text)")
        return try #require(node.tensors[tensor], "\(text)").load().singles
    }
}

/// What the reader says of a graph of ONNX that it refuses.
func refusals(of text: String) throws -> [String] {
    let error = #expect(throws: DiagnosticError.self) {
        try ModelBuilder.build(try ImportPipeline.run(try ImportGraph(onnx: text)))
    }
    return error?.diagnostics.map(\.message) ?? []
}

/// The model of a graph of ONNX.
func model(onnx text: String) throws -> Model {
    try ModelBuilder.build(try ImportPipeline.run(try ImportGraph(onnx: text)))
}
