internal import Basics
internal import LayerKit

/// Attention of several heads: products with trained numbers (query, key, value, output), each between quantizers of its
/// own, and a softmax of tables.
extension HGQExpansion {
    mutating func attention() throws(LayerError) -> String {
        try expectPlainAttention()
        let query = try argument("query", 0)
        var value = try argument("value", 1, else: query)
        var key = try argument("key", 2, else: value)
        // Linformer and SALT mix the places that keys and values are at into fewer.
        if !variables("_lin_k_proj").isEmpty {
            let holder = flag("share_kv_proj") ? "_lin_k_proj" : "_lin_v_proj"
            let mixedKey = try mixed(key, "_lin_k_proj", clusters: flag("cluster_k_proj"), suffix: "lin_key")
            value = try mixed(value, holder, clusters: flag("cluster_v_proj"), suffix: "lin_value")
            key = mixedKey
        }
        let biased = flag("use_bias", default: true)
        let q = try projection(query, "query", biased: biased)
        let k = try projection(key, "key", biased: false)
        let v = try projection(value, "value", biased: biased)
        var scores = add(
            "quantizers.einsum", [k, q], suffix: "scores", attributes: ["equation": .string("aecd,abcd->acbe")])
        if !variables("conv").isEmpty { scores = try convolved(scores) }
        let heads = node.attributes["key_dim"]?.numberValue ?? 1
        var weights = softmax(
            scores,
            HGQSoftmax(
                axes: .array([.int(3)]), isStable: flag("stable_softmax", default: true), scale: 1 / heads.squareRoot(),
                expInput: try table("softmax_exp_iq_conf", "_softmax/exp_table/iq"),
                expOutput: try table("softmax_exp_oq_conf", "_softmax/exp_table/oq"),
                inverseInput: try table("softmax_inv_iq_conf", "_softmax/inv_table/iq"),
                inverseOutput: try table("softmax_inv_oq_conf", "_softmax/inv_table/oq")),
            suffix: "softmax")
        weights = try quantized(
            weights, by: node.attributes["softmax_oq_conf"], at: "_softmax/oq", suffix: "softmax_oq")
        let mixed = add(
            "quantizers.einsum", [weights, v], suffix: "mixed", attributes: ["equation": .string("acbe,aecd->abcd")])
        return try output(try attentionOutput(mixed, biased: biased))
    }

    private func expectPlainAttention() throws(LayerError) {
        for (name, value) in node.attributes.sorted(by: { $0.key < $1.key }) where value != .null {
            switch name {
            case "call.query", "call.value", "call.key", "dropout", "num_heads", "key_dim", "value_dim", "use_bias",
                "output_shape", "stable_softmax", "fuse", "seed", "flash_attention":
                continue
            case "lin_kv_proj_dim", "share_kv_proj", "lin_kv_proj_mode", "separate_conv", "conv_size", "cluster_k_proj",
                "cluster_v_proj":
                continue
            case "n_hl", "d_hl", "subnn_activation", "table_spec", "batch_norm", "bn_center", "bn_scale", "bn_epsilon":
                continue
            case "attention_axes" where value == .array([.int(1)]): continue
            case "call.training", "call.return_attention_scores", "call.use_causal_mask", "use_gate":
                if value == .bool(false) { continue }
            default: if attributes()[name] == nil || name == "enable_iq" || name == "enable_oq" { continue }
            }
            throw LayerError("attribute '\(name)' is \(value.summary), which is not honoured", attribute: name)
        }
    }

    /// A tensor that the layer is called with, by its name or its place.
    private func argument(_ name: String, _ place: Int, else standard: String? = nil) throws(LayerError) -> String {
        let named = node.attributes["call.\(name)"]?.integerValue
        // Those behind keywords come last.
        let keywords = ["query", "value", "key"].compactMap { node.attributes["call.\($0)"]?.integerValue }
        let positional = node.inputs.count - keywords.count
        if let named, node.inputs.indices.contains(named) { return node.inputs[named] }
        if named == nil, place < positional { return node.inputs[place] }
        guard let standard else { throw LayerError("it is called without a \(name)") }
        return standard
    }

    /// One of query, key and value: a product with quantizers before and behind.
    private mutating func projection(_ value: String, _ part: String, biased: Bool) throws(LayerError) -> String {
        let path = "\(part)_dense"
        if isTable {
            return try table(
                value, "abc,cde->abde", bias: biased ? "de" : nil, at: path, suffix: part,
                entering: flag("enable_iq", default: true), leaving: true)
        }
        // One quantizer of what comes in may serve several; it is saved with one of them.
        let fused = node.attributes["fuse"]?.stringValue ?? "none"
        let sharers =
            fused == "qkv" ? ["key", "query", "value"] : fused == "kv" && part != "query" ? ["key", "value"] : [part]
        let holder = sharers.first { !variables("\($0)_dense/iq/quantizer").isEmpty } ?? part
        var at = value
        if flag("enable_iq", default: true) {
            at = try quantized(at, by: node.attributes["qkvo_iq_conf"], at: "\(holder)_dense/iq", suffix: "\(part)_iq")
        }
        at = try attentionProduct(at, path, "abc,cde->abde", suffix: part, biased: biased)
        return try quantized(at, by: node.attributes["qkvo_oq_conf"], at: "\(path)/oq", suffix: "\(part)_oq")
    }

    /// A product along the places: the projection of keys or values of Linformer.
    private mutating func mixed(
        _ value: String, _ path: String, clusters: Bool, suffix: String
    ) throws(LayerError) -> String {
        if node.attributes["lin_kv_proj_mode"] == .string("dense_t") {
            return try table(
                value, "abc,bd->adc", bias: nil, at: path, suffix: suffix, entering: flag("enable_iq", default: true),
                leaving: flag("enable_oq"))
        }
        var at = value
        if clusters {
            at = add(
                "quantizers.clusters", [value], suffix: "\(suffix)_clusters",
                attributes: ["count": node.attributes["lin_kv_proj_dim"] ?? .null])
        }
        if !variables("\(path)/iq/quantizer").isEmpty {
            at = try quantized(
                at, by: node.attributes["qkvo_iq_conf"], at: "\(path)/iq", suffix: "\(suffix)_iq")
        }
        // Of clusters each has numbers of its own.
        let equation = clusters ? "adbc,db->adc" : "abc,bd->adc"
        at = try attentionProduct(at, path, equation, suffix: suffix, biased: false)
        guard !variables("\(path)/oq/quantizer").isEmpty else { return at }
        return try quantized(at, by: node.attributes["qkvo_oq_conf"], at: "\(path)/oq", suffix: "\(suffix)_oq")
    }

    private var isTable: Bool { node.attributes["table_spec"] != nil }

    /// A product by tables in place of numbers.
    private mutating func table(
        _ value: String, _ equation: String, bias: String?, at path: String, suffix: String, entering: Bool,
        leaving: Bool
    ) throws(LayerError) -> String {
        var attributes: [String: JSONValue] = [
            "equation": .string(equation), "activation": .string("linear"), "enable_iq": .bool(entering),
            "enable_oq": .bool(leaving),
        ]
        attributes["bias_axes"] = bias.map { .string($0) }
        for name in [
            "n_hl", "d_hl", "subnn_activation", "batch_norm", "bn_center", "bn_scale", "bn_epsilon", "enable_ebops",
        ] {
            attributes[name] = node.attributes[name]
        }
        for name in ["iq_conf", "toq_conf", "oq_conf"] { attributes[name] = node.attributes["qkvo_" + name] }
        return try part(.einsumTable, value, suffix: suffix, at: path, attributes)
    }

    /// SALT's convolution of the scores over queries and keys, whose channels are the heads.
    private mutating func convolved(_ scores: String) throws(LayerError) -> String {
        let heads = node.attributes["num_heads"] ?? .int(1), size = node.attributes["conv_size"] ?? .int(1)
        var attributes: [String: JSONValue] = [
            "filters": heads, "kernel_size": .array([size, size]), "padding": .string("same"),
            "data_format": .string("channels_first"), "groups": flag("separate_conv") ? heads : .int(1),
            "enable_iq": .bool(!variables("conv/iq/quantizer").isEmpty),
            "enable_oq": .bool(!variables("conv/oq/quantizer").isEmpty),
        ]
        attributes["enable_ebops"] = node.attributes["enable_ebops"]
        for name in ["iq_conf", "kq_conf", "bq_conf", "oq_conf"] {
            attributes[name] = node.attributes["qkvo_" + name]
        }
        return try part(.conv2D, scores, suffix: "conv", at: "conv", attributes)
    }

    private mutating func attentionOutput(_ value: String, biased: Bool) throws(LayerError) -> String {
        if isTable {
            return try table(
                value, "abcd,cde->abe", bias: biased ? "e" : nil, at: "output_dense", suffix: "output", entering: true,
                leaving: flag("enable_oq"))
        }
        var at = try quantized(
            value, by: node.attributes["qkvo_iq_conf"], at: "output_dense/iq", suffix: "output_iq")
        at = try attentionProduct(at, "output_dense", "abcd,cde->abe", suffix: nil, biased: biased)
        guard flag("enable_oq") else { return at }
        return try quantized(at, by: node.attributes["qkvo_oq_conf"], at: "output_dense/oq", suffix: "output_oq")
    }

    private mutating func attentionProduct(
        _ value: String, _ path: String, _ equation: String, suffix: String?, biased: Bool
    ) throws(LayerError) -> String {
        let own = try own(trained: biased ? ["kernel", "bias"] : ["kernel"], at: path)
        guard let kernel = own["kernel"] else { throw LayerError("the weights have no kernel of '\(path)'") }
        var tensors = ["kernel": try quantized(kernel, by: node.attributes["qkvo_kq_conf"], at: "\(path)/kq")]
        if let bias = own["bias"] {
            tensors["bias"] = try quantized(bias, by: node.attributes["qkvo_bq_conf"], at: "\(path)/bq")
        }
        return add(
            "quantizers.einsum", [value], suffix: suffix, attributes: ["equation": .string(equation)], tensors: tensors)
    }
}
