internal import Basics
internal import LayerKit

/// A Functional model: layers that name those they read from in `inbound_nodes`.
struct KerasFunctional {
    private let file: KerasFile
    private var layers: [ImportNode] = []
    private var problems: [Diagnostic] = []

    static func read(_ config: JSONValue, _ file: KerasFile) throws(DiagnosticError) -> ImportGraph {
        guard let items = config["layers"]?.arrayValue else { throw file.error("a Functional model without 'layers'") }
        try file.expectNetwork(items)
        var reader = KerasFunctional(file: file)
        for (index, item) in items.enumerated() {
            var layer = try file.layer(item, at: index)
            layer.inputs = reader.sources(of: layer.name, layer.op, item["inbound_nodes"])
            reader.layers.append(layer)
        }
        let inputs = reader.ends(config, "input_layers"), outputs = reader.ends(config, "output_layers")
        reader.problems += file.duplicates(in: reader.layers)
        reader.checkReferences(inputs, outputs)
        guard reader.problems.isEmpty else { throw DiagnosticError(reader.problems.bounded) }
        return ImportGraph(format: .keras, file: file.name, nodes: reader.layers, inputs: inputs, outputs: outputs)
    }

    private init(file: KerasFile) { self.file = file }

    private mutating func report(_ layer: String, _ message: String, help: String? = nil) {
        problems.append(LayerError(message, help: help).diagnostic(layer: layer))
    }

    /// The layers one layer reads from. Each entry of `inbound_nodes` is one call of the layer.
    private mutating func sources(of layer: String, _ className: String, _ value: JSONValue?) -> [String] {
        guard let calls = value?.arrayValue else {
            report(layer, "'inbound_nodes' is missing")
            return []
        }
        if calls.count > 1 {
            report(
                layer, "it is called \(calls.count) times: shared layers are not supported",
                help: "give each call a layer of its own with the same weights")
            return []
        }
        guard let call = calls.first else {
            if className != KerasArchitecture.inputClass { report(layer, "it reads from no layer") }
            return []
        }
        guard let items = call.arrayValue, !items.isEmpty else {
            report(layer, "inbound_nodes \(call.summary) are not those of Keras 2")
            return []
        }
        // A call with one tensor may leave out the brackets around it.
        let tensors = items[0].stringValue == nil ? items : [call]
        return tensors.compactMap { reference($0, from: layer) }
    }

    /// `[name, call, output]` or `[name, call, output, keywords]`.
    private mutating func reference(_ value: JSONValue, from layer: String) -> String? {
        guard let parts = value.arrayValue, (3...4).contains(parts.count), let name = parts[0].stringValue,
            let call = parts[1].integerValue, let output = parts[2].integerValue
        else {
            report(layer, "its input \(value.summary) is not of the form [layer, call, output]")
            return nil
        }
        if call != 0 || output != 0 {
            report(
                layer,
                "it reads output \(output) of call \(call) of '\(name)': only output 0 of a single call is "
                    + "supported")
        }
        guard parts.count == 4, parts[3] != .null else { return name }
        guard let keywords = parts[3].fields else {
            report(layer, "the keywords of its call, \(parts[3].summary), are not an object")
            return nil
        }
        for (keyword, value) in keywords.sorted(by: { $0.key < $1.key }) where value != .null {
            // Inference is what is meant anyway.
            if keyword == "training", value == .bool(false) { continue }
            report(layer, "it is called with \(keyword)=\(value.summary), which is not supported")
        }
        return name
    }

    /// The names in `input_layers` or `output_layers`: a list of references, or a single one.
    private mutating func ends(_ config: JSONValue, _ key: String) -> [String] {
        guard let items = config[key]?.arrayValue, let first = items.first else {
            problems.append(
                .error(
                    "'\(file.name)': '\(key)' is not a list of layers",
                    help: "models with named inputs or outputs are "
                        + "not supported: use lists"))
            return []
        }
        var names: [String] = []
        for item in first.stringValue == nil ? items : [.array(items)] {
            guard let parts = item.arrayValue, parts.count == 3, let name = parts[0].stringValue,
                parts[1].integerValue == 0,
                parts[2].integerValue == 0
            else {
                problems.append(.error("'\(file.name)': \(item.summary) in '\(key)' is not of the form [layer, 0, 0]"))
                continue
            }
            names.append(name)
        }
        return names
    }

    private mutating func checkReferences(_ inputs: [String], _ outputs: [String]) {
        let classes = Dictionary(layers.map { ($0.name, $0.op) }, uniquingKeysWith: { first, _ in first })
        let names = classes.keys.sorted()
        let entries = Set(inputs)
        // With the first of many: nobody reads the help of thousands.
        func help(_ name: String) -> String? {
            guard problems.count < 20 else { return nil }
            return Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
        }
        for layer in layers {
            for source in layer.inputs where classes[source] == nil {
                report(layer.name, "it reads from '\(source)', which does not exist", help: help(source))
            }
            let isInput = layer.op == KerasArchitecture.inputClass
            if isInput, !entries.contains(layer.name) { report(layer.name, "it is not among the input_layers") }
        }
        for (key, names) in [("input_layers", inputs), ("output_layers", outputs)] {
            for name in names where classes[name] == nil {
                problems.append(.error("'\(file.name)': \(key) name '\(name)', which does not exist", help: help(name)))
            }
        }
        for name in inputs where classes[name] != nil && classes[name] != KerasArchitecture.inputClass {
            report(name, "it is among the input_layers, but is a \(classes[name] ?? "")")
        }
        if Set(inputs).count != inputs.count {
            problems.append(.error("'\(file.name)': input_layers name a layer twice"))
        }
    }
}
