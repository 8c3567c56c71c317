internal import Basics
internal import LayerKit

/// A Functional model: layers that name those they read from in `inbound_nodes`.
struct KerasFunctional {
    private let file: KerasFile
    private var layers: [KerasLayer] = []
    private var problems: [Diagnostic] = []

    static func read(_ config: JSONValue, _ file: KerasFile, depth: Int) throws(DiagnosticError) -> KerasNetwork {
        guard let items = config["layers"]?.arrayValue else { throw file.error("a Functional model without 'layers'") }
        try file.expectNetwork(items)
        var reader = KerasFunctional(file: file)
        for (index, item) in items.enumerated() {
            var layer = try file.layer(item, at: index, depth: depth)
            layer.calls = reader.calls(of: layer, item["inbound_nodes"])
            reader.layers.append(layer)
        }
        var network = KerasNetwork(
            layers: reader.layers, inputs: reader.ends(config, "input_layers"),
            outputs: reader.ends(config, "output_layers"))
        reader.problems += file.duplicates(in: reader.layers)
        network.countCallsFromZero(file.generation)
        reader.problems += network.wiringProblems(file.name)
        guard reader.problems.isEmpty else { throw DiagnosticError(reader.problems.bounded) }
        return network
    }

    private init(file: KerasFile) { self.file = file }

    private mutating func report(_ layer: String, _ message: String, help: String? = nil) {
        problems.append(LayerError(message, help: help).diagnostic(layer: layer))
    }

    /// The calls of a layer: each entry of `inbound_nodes` is one.
    private mutating func calls(of layer: KerasLayer, _ value: JSONValue?) -> [KerasCall] {
        guard let entries = value?.arrayValue else {
            report(layer.name, "'inbound_nodes' is missing")
            return []
        }
        if entries.isEmpty {
            guard layer.className != KerasArchitecture.inputClass else { return [KerasCall()] }
            report(layer.name, "it reads from no layer")
            return []
        }
        return entries.compactMap { entry in
            var reader = KerasCallReader(layer: layer.name)
            let call = reader.call(entry)
            problems += reader.problems
            return call
        }
    }

    /// The tensors in `input_layers` or `output_layers`: a list of references, a single one, or an object of them by
    /// name, in the order of the names.
    private mutating func ends(_ config: JSONValue, _ key: String) -> [KerasReference] {
        var found: [KerasReference] = []
        for item in Self.leaves(config[key] ?? .null) {
            guard let reference = KerasCallReader.reference(item), item.arrayValue?.count == 3 else {
                problems.append(
                    .error("'\(file.name)': \(item.summary) in '\(key)' is not of the form [layer, call, output]"))
                continue
            }
            found.append(reference)
        }
        if found.isEmpty, problems.isEmpty {
            problems.append(.error("'\(file.name)': '\(key)' is not a list of layers"))
        }
        return found
    }

    private static func leaves(_ value: JSONValue) -> [JSONValue] {
        if let fields = value.fields { return fields.sorted { $0.key < $1.key }.flatMap { leaves($0.value) } }
        guard let items = value.arrayValue, let first = items.first else { return value == .null ? [] : [value] }
        return first.stringValue == nil ? items.flatMap(leaves) : [value]
    }
}
