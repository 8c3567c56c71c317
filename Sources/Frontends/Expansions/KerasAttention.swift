internal import Basics
internal import LayerKit

extension ImportExpansion {
    /// before: `MultiHeadAttention(q, v, k)`; after: three projections, their scores as an einsum, a softmax, the mean of
    /// the values by it, and the projection of all heads.
    static let kerasMultiHeadAttention = ImportExpansion(.keras, ["MultiHeadAttention"]) {
        node, shapes throws(LayerError) in
        let site = node.site(.keras, shapes)
        try site.expectAttributes(
            "num_heads", "key_dim", "value_dim", "use_bias", "output_shape", "attention_axes", "call.query",
            "call.value",
            "call.key", "use_gate", "call.use_causal_mask",
            withoutEffect: ["dropout", "query_shape", "key_shape", "value_shape", "flash_attention", "seed"])
        if try site.flag("use_gate", default: false) {
            throw LayerError("use_gate is not supported", attribute: "use_gate")
        }
        let arguments = try KerasArguments(node, ["query", "value", "key"])
        guard let query = arguments["query"], let value = arguments["value"] else {
            throw LayerError("it is called without a query and a value")
        }
        guard shapes.allSatisfy({ $0.count == 2 }), try site.integers("attention_axes") ?? [1] == [1] else {
            throw LayerError(
                "attention over other axes than the steps of a sequence is not supported (inputs of shapes \(shapes))",
                attribute: "attention_axes", help: "reshape to (steps, features) before and behind it")
        }
        guard let width = try site.integers("key_dim")?.first, width > 0 else {
            throw LayerError("key_dim is missing", attribute: "key_dim")
        }
        let biased = try site.flag("use_bias", default: true)
        func projection(_ part: String, _ input: String) -> ImportNode {
            node.part(
                "EinsumDense", part, [input], dense("abc,cde->abde", biased ? "de" : nil),
                node.tensors.of(part, orPart: part))
        }
        let q = projection("query", query), k = projection("key", arguments["key"] ?? value)
        let v = projection("value", value)
        let scaled = node.part(
            "Rescaling", "scaled", q.outputs, ["scale": .double(1 / Double(width).squareRoot())])
        let scores = node.part(
            "ops.Einsum", "scores", scaled.outputs + k.outputs, ["subscripts": .string("abhd,achd->ahbc")])
        let masked = try causal(node, scores, site)
        let shares = node.part("activations.softmax", "softmax", masked.last?.outputs ?? scores.outputs)
        let mean = node.part(
            "ops.Einsum", "mean", shares.outputs + v.outputs, ["subscripts": .string("ahbc,achd->abhd")])
        let output = node.last(
            "EinsumDense", mean.outputs, dense("abhd,hde->abe", biased ? "e" : nil),
            node.tensors.of("attention_output", orPart: "output"))
        return [q, k, v, scaled, scores] + masked + [shares, mean, output]
    }

    /// `use_causal_mask`: scores of places behind the query's own, which are none, are so small that their share is 0.
    private static func causal(
        _ node: ImportNode, _ scores: ImportNode, _ site: ImportSite
    ) throws(LayerError) -> [ImportNode] {
        let name = "call.use_causal_mask"
        guard try site.flag(name, default: false) else { return [] }
        guard node.distributed == 0, let query = site.inputs.first ?? nil, let key = site.inputs.last ?? nil,
            query[0] > 0, key[0] > 0, Count.times(query[0], key[0]) <= InputLimit.tensor.elements
        else { throw LayerError("use_causal_mask is not supported here", attribute: name) }
        let values = (0..<query[0]).flatMap { row in (0..<key[0]).map { $0 > row ? Float(-1e30) : 0 } }
        guard let tensor = Tensor(shape: [query[0], key[0]], values: values) else { return [] }
        let mask = node.part("quantizers.constant", "mask", [], [:], ["value": ImportTensor(tensor)])
        return [mask, node.part("Add", "masked", scores.outputs + mask.outputs)]
    }

    private static func dense(_ equation: String, _ bias: String?) -> [String: JSONValue] {
        var attributes: [String: JSONValue] = ["equation": .string(equation)]
        attributes["bias_axes"] = bias.map { .string($0) }
        return attributes
    }

    /// before: `Attention(q, v, k)`; after: scores as an einsum, a softmax, and the mean of the values by it.
    static let kerasAttention = ImportExpansion(.keras, ["Attention"]) { node, shapes throws(LayerError) in
        let site = node.site(.keras, shapes)
        try site.expectAttributes(
            "use_scale", "score_mode", "call.0", "call.use_causal_mask", withoutEffect: ["dropout", "causal", "seed"])
        let mode = try site.text("score_mode") ?? "dot"
        guard mode == "dot" else {
            throw LayerError("score_mode '\(mode)' is not supported", attribute: "score_mode", help: "use 'dot'")
        }
        guard node.attributes["causal"] != .bool(true) else {
            throw LayerError("causal is not supported", attribute: "causal")
        }
        guard (2...3).contains(shapes.count), shapes.allSatisfy({ $0.count == 2 }) else {
            throw LayerError("it takes a query, a value and perhaps a key, each of steps and features; here \(shapes)")
        }
        let scaled = try site.flag("use_scale", default: false)
        let scale = try site.expectWeights(scaled ? ["scale"] : []).first?.doubles.first
        let key = node.inputs.count > 2 ? node.inputs[2] : node.inputs[1]
        var nodes = [
            node.part("ops.Einsum", "scores", [node.inputs[0], key], ["subscripts": .string("abd,acd->abc")])
        ]
        if let scale {
            nodes.append(node.part("Rescaling", "scaled", nodes[0].outputs, ["scale": .double(scale)]))
        }
        nodes += try causal(node, nodes[nodes.count - 1], site)
        nodes.append(node.part("activations.softmax", "softmax", nodes[nodes.count - 1].outputs))
        nodes.append(
            node.last(
                "ops.Einsum", nodes[nodes.count - 1].outputs + [node.inputs[1]],
                ["subscripts": .string("abc,acd->abd")]))
        return nodes
    }
}

/// The tensors that a layer is called with, by the names of its arguments.
private struct KerasArguments {
    private var values: [String: String] = [:]

    /// Those without keywords come first, in the order of `names`.
    init(_ node: ImportNode, _ names: [String]) throws(LayerError) {
        var taken: Set<Int> = []
        for name in names {
            guard let places = node.attributes[KerasCall.prefix + name]?.arrayValue else { continue }
            guard places.count == 1, let place = places[0].integerValue, node.inputs.indices.contains(place) else {
                throw LayerError("it is called with \(name)=\(places.count) tensors", attribute: name)
            }
            values[name] = node.inputs[place]
            taken.insert(place)
        }
        let rest = node.inputs.indices.filter { !taken.contains($0) }
        let open = names.filter { values[$0] == nil }
        guard rest.count <= open.count else {
            throw LayerError("it is called with \(node.inputs.count) tensors, expected at most \(names.count)")
        }
        for (name, place) in zip(open, rest) { values[name] = node.inputs[place] }
    }

    subscript(name: String) -> String? { values[name] }
}

extension [String: ImportTensor] {
    /// The numbers of a layer inside another: named `query/kernel`, or counted as `query_dense/0`, which earlier
    /// versions call `_query_dense/0`.
    fileprivate func of(_ name: String, orPart part: String) -> [String: ImportTensor] {
        var found: [String: ImportTensor] = [:]
        for prefix in ["\(name)/", "\(part)_dense/", "_\(part)_dense/"] {
            for (key, tensor) in self {
                if let rest = key.rest(behind: prefix) { found[rest] = tensor }
            }
        }
        return found
    }
}
