import Arrays
import Basics
import LayerKit
import Testing

@testable import Frontends

extension ImportGraph {
    /// The graph as text, one node a line: `fc = Dense(x) {"units": 3} [kernel: float32 4x3] from layer`, then the values
    /// that leave it. What enters it has no line of its own: it is what nodes without inputs give.
    var text: String {
        nodes.map(\.text).joined(separator: "\n") + "\n-> " + outputs.joined(separator: ", ")
    }

    /// A graph of Keras from such lines; its inputs are the values of nodes of class `InputLayer`.
    init(text: String) throws {
        var lines = text.split(separator: "\n").map(String.init)
        let last = lines.removeLast()
        let nodes: [ImportNode] = try lines.map(ImportNode.init(line:))
        self.init(
            format: .keras, file: "model.json", nodes: nodes,
            inputs: nodes.filter { $0.op == "InputLayer" }.flatMap(\.outputs),
            outputs: last.dropFirst(3).split(separator: ", ").map(String.init))
    }
}

extension ImportNode {
    var text: String {
        let members = attributes.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
        let weights = tensors.sorted { $0.key < $1.key }.map { name, tensor in
            "\(name): \(tensor.element.rawValue) \(tensor.shape.map(String.init).joined(separator: "x"))"
        }
        return "\((outputs.first == name ? outputs : [name + ":"] + outputs).joined(separator: ", ")) = \(op)"
            + "(\(inputs.joined(separator: ", ")))"
            + (members.isEmpty ? "" : " \(JSONValue.object(members).text)")
            + (weights.isEmpty ? "" : " [\(weights.joined(separator: ", "))]")
            + (origin == name ? "" : " from \(origin)")
    }

    /// A line without weights; a node with several outputs is called as its first.
    init(line: String) throws {
        let match = try #require(
            line.wholeMatch(
                of: /(?<outputs>[^=]+) = (?<op>[\w.]+)\((?<inputs>[^)]*)\)( (?<json>\{.*\}))?( from (?<origin>\w+))?/),
            "\(line)")
        let outputs = match.outputs.split(separator: ", ").map(String.init)
        self.init(
            String(match.op), outputs[0], inputs: match.inputs.split(separator: ", ").map(String.init),
            outputs: outputs,
            attributes: try match.json.map { json in try JSONValue(parsing: Array(json.utf8), name: "test") }?.fields
                ?? [:],
            origin: match.origin.map(String.init))
    }
}

/// A pass turns one graph into the other, both as text, and leaves alone what it made.
func expect(
    _ pass: ImportPass, _ before: String, gives after: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
)
    throws
{
    let result = try pass.apply(try ImportGraph(text: before))
    #expect(result.text == after, sourceLocation: sourceLocation)
    #expect(try pass.apply(result) == result, sourceLocation: sourceLocation)
}
