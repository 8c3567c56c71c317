import Layers

@testable import Frontends

/// A layer of a Functional model, to write its JSON.
struct Piece {
    var className: String
    var name: String
    /// Attributes beyond the name, as JSON without braces.
    var config: String
    var sources: [String]

    init(_ className: String, _ name: String, _ config: String = "", from sources: [String] = []) {
        self.className = className
        self.name = name
        self.config = config
        self.sources = sources
    }

    static func input(_ name: String, _ size: Int) -> Piece {
        Piece("InputLayer", name, #""batch_input_shape": [null, \#(size)]"#)
    }

    var json: String {
        let calls = sources.isEmpty ? "" : "[\(sources.map { #"["\#($0)", 0, 0, {}]"# }.joined(separator: ", "))]"
        let attributes = #""name": "\#(name)""# + (config.isEmpty ? "" : ", " + config)
        return #"{"class_name": "\#(className)", "name": "\#(name)", "config": {\#(attributes)}, "#
            + #""inbound_nodes": [\#(calls)]}"#
    }
}

/// The JSON of a Functional model.
func functional(_ pieces: [Piece], inputs: [String], outputs: [String]) -> String {
    func ends(_ names: [String]) -> String { names.map { #"["\#($0)", 0, 0]"# }.joined(separator: ", ") }
    return #"{"class_name": "Functional", "keras_version": "2.14.0", "config": {"name": "m", "layers": ["#
        + pieces.map(\.json).joined(separator: ", ")
        + #"], "input_layers": [\#(ends(inputs))], "output_layers": [\#(ends(outputs))]}}"#
}

/// Reads an architecture with the weights of `keras_chain.h5`: `d1` (4 to 3), `bn` (3), `d2` (3 to 2, no bias).
func read(_ json: String) throws -> Model {
    try ModelReader.read(
        .parts(
            architecture: .init(name: "model.json", bytes: Array(json.utf8)), weights: try modelFile("keras_chain.h5")))
}
