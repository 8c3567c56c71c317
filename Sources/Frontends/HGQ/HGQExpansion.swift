internal import Basics
internal import LayerKit

/// One layer of HGQ 2 on its way to plain layers with quantizers before, in and behind them.
struct HGQExpansion {
    let node: ImportNode
    /// What was made so far.
    var made: [ImportNode] = []
    /// The names of all nodes of the graph.
    var names: Set<String>
    /// The path in front of the names of trained numbers: of a layer inside the layer.
    var inner = ""

    init(_ node: ImportNode, names: Set<String>) {
        self.node = node
        self.names = names
    }

    /// Everything that the layer becomes, and the value that stands for its output.
    mutating func expand(_ kind: HGQClass) throws(LayerError) -> String {
        switch kind {
        case .quantizer: return try quantizerLayer()
        case .dense: return try product("Dense")
        case .conv1D: return try product("Conv1D")
        case .conv2D: return try product("Conv2D")
        case .conv3D: return try product("Conv3D")
        case .einsumDense: return try product("EinsumDense", biased: node.attributes["bias_axes"] ?? .null)
        case .batchNormDense: return try batchNormDense()
        case .einsumDenseBatchNorm: return try einsumDenseBatchNorm()
        case .batchNormalization: return try batchNormalization()
        case .simpleRNN: return try recurrent("SimpleRNN")
        case .gru: return try recurrent("GRU")
        case .add: return try merge("Add")
        case .subtract: return try merge("Subtract")
        case .multiply: return try merge("Multiply")
        case .maximum: return try merge("Maximum")
        case .minimum: return try merge("Minimum")
        case .dot: return try merge("Dot")
        case .average: return try average()
        case .einsum: return try einsum()
        case .sum: return try sum()
        case .mean: return try mean()
        case .averagePooling1D, .averagePooling2D, .averagePooling3D, .maxPooling1D, .maxPooling2D, .maxPooling3D,
            .globalAveragePooling1D, .globalAveragePooling2D, .globalAveragePooling3D, .globalMaxPooling1D,
            .globalMaxPooling2D, .globalMaxPooling3D:
            return try pooling(String(kind.rawValue.dropFirst()))
        case .function: return try function()
        case .affineFunction: return try affineFunction()
        case .softmax: return try softmaxLayer()
        case .attention, .linformer, .salt, .attentionTable, .linformerTable: return try attention()
        case .denseTable: return try denseTable()
        case .einsumTable: return try einsumTable()
        case .convTable1D: return try convTable("Conv1D", rank: 1)
        case .convTable2D: return try convTable("Conv2D", rank: 2)
        }
    }

    // What a layer consists of.

    /// A node, whose output is the value that is given back.
    mutating func add(
        _ op: String, _ inputs: [String], suffix: String? = nil, attributes: [String: JSONValue] = [:],
        tensors: [String: Tensor] = [:]
    ) -> String {
        let name = suffix.map { names.claim("\(node.name)_\($0)") } ?? node.name
        var new = ImportNode(
            op, name, inputs: inputs, attributes: attributes, tensors: tensors.mapValues { ImportTensor($0) },
            origin: node.origin)
        new.faults = node.faults
        made.append(new)
        return name
    }

    /// A quantizer, where the layer has one here: `enable_iq` and `iq_conf` with the numbers under `iq`.
    mutating func quantized(
        _ value: String, by config: JSONValue?, at path: String, suffix: String
    ) throws(LayerError) -> String {
        guard let config, config != .null else { return value }
        return quantized(value, by: try quantizer(config, path), suffix: suffix)
    }

    /// A value behind a quantizer, where there is one.
    mutating func quantized(_ value: String, by quantizer: HGQQuantizer?, suffix: String) -> String {
        guard let quantizer else { return value }
        return add(quantizer, value, names.claim("\(node.name)_\(suffix)"))
    }

    /// The nodes of a quantizer, the last of this name.
    mutating func add(_ quantizer: HGQQuantizer, _ value: String, _ name: String) -> String {
        var at = value
        for (index, step) in quantizer.steps.enumerated() {
            let own = index == quantizer.steps.count - 1 ? name : names.claim("\(name)_\(step.word)")
            made.append(
                ImportNode(
                    step.op, own, inputs: [at], attributes: step.attributes, tensors: step.tensors,
                    origin: node.origin))
            at = own
        }
        return at
    }

    /// A layer inside this one, whose numbers lie at a path: what it becomes, and the value that stands for its output.
    mutating func part(
        _ kind: HGQClass, _ value: String, suffix: String, at path: String, _ attributes: [String: JSONValue]
    ) throws(LayerError) -> String {
        var tensors: [String: ImportTensor] = [:]
        for (name, tensor) in node.tensors {
            if let rest = name.rest(behind: path + "/") { tensors[rest] = tensor }
        }
        let inside = ImportNode(
            KerasPackage.hgq.prefix + kind.rawValue, names.claim("\(node.name)_\(suffix)"), inputs: [value],
            attributes: attributes, tensors: tensors, origin: node.origin)
        var expansion = HGQExpansion(inside, names: names)
        let result = try expansion.expand(kind)
        names = expansion.names
        made += expansion.made
        return result
    }

    func quantizer(_ config: JSONValue, _ path: String) throws(LayerError) -> HGQQuantizer? {
        try HGQQuantizer.read(config, variables(path + "/quantizer"))
    }

    /// Trained numbers as the layer uses them; nil config: as they are.
    func quantized(_ numbers: Tensor, by config: JSONValue?, at path: String) throws(LayerError) -> Tensor {
        guard let config, config != .null, let quantizer = try quantizer(config, path) else { return numbers }
        return try quantizer.quantized(numbers)
    }

    /// The numbers of a layer inside, in their order; of the layer itself with an empty path.
    func variables(_ path: String) -> [ImportTensor] {
        let front = inner + (path.isEmpty ? "" : path + "/")
        var found: [ImportTensor] = []
        while let next = node.tensors[front + "\(found.count)"] { found.append(next) }
        return found
    }

    /// The layer's own numbers by their names: those that are trained come first.
    ///
    /// - Parameter fixed: those that are not trained; nil in it stands for what a layer keeps of its costs.
    func own(
        trained: [String], fixed: [String?] = [nil], at path: String = "", costs: JSONValue? = nil
    ) throws(LayerError) -> [String: Tensor] {
        let hasCosts = (costs ?? node.attributes["enable_ebops"]) == .bool(true)
        let order =
            trained.map(Optional.some) + fixed.flatMap { $0 == nil && hasCosts ? [nil, nil] : $0 == nil ? [] : [$0] }
        let found = variables(path)
        guard found.count == order.count else {
            throw LayerError(
                "the weights have \(found.count) variables for it, expected \(order.count)",
                help: "do the weights belong to this model?")
        }
        var named: [String: Tensor] = [:]
        for (name, tensor) in zip(order, found) { if let name { named[name] = try tensor.load() } }
        return named
    }

    /// The layer's attributes besides those of its quantizers.
    func attributes(without names: String...) -> [String: JSONValue] {
        node.attributes.filter { name, _ in
            !HGQClass.harmless.contains(name) && !name.ends(with: "_conf") && !name.ends(with: "_confs")
                && name != "enable_iq" && name != "enable_oq" && !names.contains(name)
        }
    }

    func flag(_ name: String, default standard: Bool = false) -> Bool {
        if case .bool(let value) = node.attributes[name] { return value }
        return standard
    }

    /// The one input, quantized where the layer does so.
    mutating func input() throws(LayerError) -> String {
        guard let value = node.inputs.first else { throw LayerError("it reads from no layer") }
        return flag("enable_iq", default: true)
            ? try quantized(value, by: node.attributes["iq_conf"], at: "iq", suffix: "iq") : value
    }

    /// All inputs, quantized where the layer does so, one quantizer for each.
    mutating func inputs() throws(LayerError) -> [String] {
        guard flag("enable_iq", default: true), let configs = node.attributes["iq_confs"] else { return node.inputs }
        var values: [String] = []
        for (index, value) in node.inputs.enumerated() {
            let config = configs.arrayValue.map { $0.indices.contains(index) ? $0[index] : .null } ?? configs
            let path = "iq/quantizers/quantizer" + (index == 0 ? "" : "_\(index)")
            values.append(try quantized(value, by: config, at: path, suffix: "iq\(index + 1)"))
        }
        return values
    }

    /// What leaves the layer, quantized where it does so.
    mutating func output(_ value: String) throws(LayerError) -> String {
        flag("enable_oq") ? try quantized(value, by: node.attributes["oq_conf"], at: "oq", suffix: "oq") : value
    }
}
