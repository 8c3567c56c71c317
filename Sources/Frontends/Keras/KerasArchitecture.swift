internal import Basics
internal import LayerKit

/// The layers of a Keras 2 model and how they are wired, as its JSON states them: a graph without trained numbers, in
/// which a value is called as the layer that gives it.
enum KerasArchitecture {
    /// The class of what enters a model.
    static let inputClass = "InputLayer"

    /// Reads `{"class_name": ..., "config": ...}`; all that is wrong with the wiring is reported at once.
    static func read(_ model: JSONValue, name: String) throws(DiagnosticError) -> ImportGraph {
        let file = KerasFile(name: name)
        guard let className = model["class_name"]?.stringValue, let config = model["config"] else {
            throw file.error(
                "no Keras model: 'class_name' and 'config' are missing",
                help: "the architecture is what model.to_json() gives")
        }
        if let version = model["keras_version"]?.stringValue { try file.expectKeras2(version) }
        switch className {
        case "Sequential": return withFaults(try KerasSequential.read(config, file))
        case "Functional", "Model": return withFaults(try KerasFunctional.read(config, file))
        default:
            throw file.error(
                "a model of class '\(className)' is not read",
                help: "Sequential and Functional models are; a subclassed model has no description in its file")
        }
    }

    /// The graph with a fault for every layer that computes with other numbers than float32: its weights and sums would
    /// be rounded differently from what is read here.
    private static func withFaults(_ graph: ImportGraph) -> ImportGraph {
        var result = graph
        for index in graph.nodes.indices {
            guard let dtype = graph.nodes[index].attributes["dtype"], dtype != .null else { continue }
            let name = dtype.stringValue ?? dtype["config"]?["name"]?.stringValue
            if name == "float32" { continue }
            let error = LayerError(
                "its numbers are of type \(name.map { "'\($0)'" } ?? dtype.summary): not supported", attribute: "dtype",
                help: "only float32 is: build the model with float32 inputs and without a mixed-precision policy")
            result.nodes[index].faults.append(error.diagnostic(layer: graph.nodes[index].origin))
        }
        return result
    }
}

/// The file that a piece of a Keras model comes from, for messages.
struct KerasFile {
    let name: String

    func error(_ message: String, help: String? = nil) -> DiagnosticError {
        DiagnosticError(.error("'\(name)': \(message)", help: help))
    }

    /// Refuses files of other major versions, whose spelling of the same layers differs.
    func expectKeras2(_ version: String) throws(DiagnosticError) {
        guard version.split(separator: ".").first != "2" else { return }
        throw error(
            "a model saved by Keras \(version): not read yet",
            help: "models of Keras 2 are read; with a later TensorFlow, save it with the package tf_keras")
    }

    /// The class, name and attributes of the layer at an index of `config.layers`.
    func layer(_ value: JSONValue, at index: Int) throws(DiagnosticError) -> ImportNode {
        let place = "config.layers[\(index)]"
        guard let className = value["class_name"]?.stringValue else { throw error("\(place) has no class_name") }
        guard let attributes = value["config"]?.fields else { throw error("\(place) has no config") }
        // The outer name is the one that the wiring refers to; a Sequential model has only the inner one.
        guard let name = value["name"]?.stringValue ?? attributes["name"]?.stringValue, !name.isEmpty else {
            throw error("\(place) (\(className)) has no name")
        }
        return ImportNode(className, name, attributes: attributes)
    }

    /// Refuses a list of more layers than a network may have.
    func expectNetwork(_ layers: [JSONValue]) throws(DiagnosticError) {
        let limit = InputLimit.network.elements
        guard layers.count > limit else { return }
        throw error("\(layers.count) layers are more than the \(limit) that a network may have")
    }

    /// An error for every name that several layers have.
    func duplicates(in layers: [ImportNode]) -> [Diagnostic] {
        var seen: [String: Int] = [:]
        for layer in layers { seen[layer.name, default: 0] += 1 }
        return seen.filter { $0.value > 1 }.keys.sorted().map {
            .error("'\(name)': several layers are called '\($0)'", help: "layer names must be unique")
        }
    }
}
