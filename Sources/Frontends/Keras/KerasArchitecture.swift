internal import Basics
internal import LayerKit

/// The layers of a Keras model and how they are wired, as its JSON states them, without trained numbers.
enum KerasArchitecture {
    /// The class of what enters a model.
    static let inputClass = "InputLayer"

    /// Classes of models that are made of layers.
    static let networks: Set<String> = ["Sequential", "Functional", "Model"]

    /// Reads `{"class_name": ..., "config": ...}`; all that is wrong with the wiring is reported at once.
    ///
    /// - Parameter version: of Keras, where something beside the JSON states it.
    static func read(_ model: JSONValue, name: String, version: String? = nil) throws(DiagnosticError) -> KerasNetwork {
        guard let className = model["class_name"]?.stringValue, let config = model["config"] else {
            throw KerasFile(name: name, generation: .two).error(
                "no Keras model: 'class_name' and 'config' are missing",
                help: "the architecture is what model.to_json() gives")
        }
        let stated = model["keras_version"]?.stringValue ?? version
        let file = KerasFile(name: name, generation: try KerasGeneration(stated, of: model, file: name))
        guard networks.contains(className) else {
            throw file.error(
                "a model of class '\(className)' is not read",
                help: "Sequential and Functional models are; a subclassed model has no description in its file")
        }
        return try network(className, config, file, depth: 0)
    }

    static func network(
        _ className: String, _ config: JSONValue, _ file: KerasFile, depth: Int
    ) throws(DiagnosticError) -> KerasNetwork {
        guard depth < KerasFile.depth else {
            throw file.error("models are nested in models more than \(KerasFile.depth) deep")
        }
        return className == "Sequential"
            ? try KerasSequential.read(config, file, depth: depth)
            : try KerasFunctional.read(config, file, depth: depth)
    }
}

/// The major versions of Keras, which spell the same layers differently.
enum KerasGeneration {
    case two, three

    /// From the version that a file states. JSON of Keras 3 states none, but gives every model the name under which its
    /// class is registered.
    init(_ version: String?, of model: JSONValue, file: String) throws(DiagnosticError) {
        switch version?.parts(at: ".").first {
        case "2": self = .two
        case "3": self = .three
        case nil: self = model["registered_name"] == nil ? .two : .three
        default:
            throw KerasFile(name: file, generation: .two).error(
                "a model saved by Keras \(version ?? ""): not read",
                help: "models of Keras 2 and 3 are read; save it anew with one of them")
        }
    }
}

/// The file that a piece of a Keras model comes from.
struct KerasFile {
    let name: String
    let generation: KerasGeneration

    /// How deep layers may be in layers.
    static let depth = 16

    func error(_ message: String, help: String? = nil) -> DiagnosticError {
        DiagnosticError(.error("'\(name)': \(message)", help: help))
    }

    /// The class, name and attributes of the layer at an index of `config.layers`.
    func layer(_ value: JSONValue, at index: Int, depth: Int) throws(DiagnosticError) -> KerasLayer {
        try layer(value, at: "config.layers[\(index)]", depth: depth)
    }

    /// - Parameter place: where in the configuration the layer is, for messages.
    func layer(_ value: JSONValue, at place: String, depth: Int) throws(DiagnosticError) -> KerasLayer {
        guard let className = value["class_name"]?.stringValue else { throw error("\(place) has no class_name") }
        guard let config = value["config"], let attributes = config.fields else {
            throw error("\(place) has no config")
        }
        // The outer name is the one that the wiring refers to; a Sequential model has only the inner one.
        guard let name = value["name"]?.stringValue ?? attributes["name"]?.stringValue, !name.isEmpty else {
            throw error("\(place) (\(className)) has no name")
        }
        let package = KerasPackage(registered: value["registered_name"]?.stringValue)
        let isFunction = package == nil && isOperation(value, className, attributes)
        var layer = KerasLayer(
            className: isFunction ? KerasSpelling.functions + className : className, name: name,
            attributes: KerasSpelling.attributes(attributes, of: className, generation), isFunction: isFunction)
        layer.package = package
        layer.isShared = value["shared_object_id"] != nil
        if KerasArchitecture.networks.contains(className), !isFunction {
            layer.network = try KerasArchitecture.network(className, config, self, depth: depth + 1)
        } else {
            layer.faults += KerasNumbers.faults(of: layer)
            for part in KerasWrapper(rawValue: className)?.parts ?? [] {
                guard let inner = layer.attributes.removeValue(forKey: part), inner != .null else { continue }
                guard depth < Self.depth else {
                    throw error("layers are wrapped in layers more than \(Self.depth) deep")
                }
                layer.wrapped[part] = try self.layer(inner, at: "\(part) of '\(name)'", depth: depth + 1)
            }
        }
        return layer
    }

    /// Whether a layer is a function of `keras.ops`. Files of the older form leave out the module; every layer states
    /// whether it is trained.
    private func isOperation(_ value: JSONValue, _ className: String, _ attributes: [String: JSONValue]) -> Bool {
        if let module = value["module"]?.stringValue { return module.parts(at: ".").contains("ops") }
        return generation == .three && attributes["trainable"] == nil && className != KerasArchitecture.inputClass
            && !KerasArchitecture.networks.contains(className)
    }

    /// Refuses a list of more layers than a network may have.
    func expectNetwork(_ layers: [JSONValue]) throws(DiagnosticError) {
        let limit = InputLimit.network.elements
        guard layers.count > limit else { return }
        throw error("\(layers.count) layers are more than the \(limit) that a network may have")
    }

    /// An error for every name that several layers have.
    func duplicates(in layers: [KerasLayer]) -> [Diagnostic] {
        var seen: [String: Int] = [:]
        for layer in layers { seen[layer.name, default: 0] += 1 }
        return seen.filter { $0.value > 1 }.keys.sorted().map {
            .error("'\(name)': several layers are called '\($0)'", help: "layer names must be unique")
        }
    }
}
