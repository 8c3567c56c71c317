internal import Basics
internal import LayerKit

/// Attention of several heads, between quantized products for query, key, value and output.
extension PQuantExpansion {
    mutating func attention() throws(LayerError) -> String {
        try expectPlainAttention()
        guard let width = node.attributes["embed_dim"]?.integerValue,
            let heads = node.attributes["num_heads"]?.integerValue, heads > 0, width > 0, width % heads == 0
        else { throw LayerError("its heads do not share its width", attribute: "num_heads") }
        let query = try input()
        let key = node.inputs.count > 1 ? node.inputs[1] : query
        let value = node.inputs.count > 2 ? node.inputs[2] : key
        let size = width / heads
        let q = try head(query, "q_proj", "query", heads, size)
        let k = try head(key, "k_proj", "key", heads, size)
        let v = try head(value, "v_proj", "value", heads, size)
        // Samples, heads, queries, keys.
        var scores = layers.add(
            "quantizers.einsum", [k, q], suffix: "products", attributes: ["equation": .string("aecd,abcd->acbe")])
        let scale = layers.constant(Float(1 / Double(size).squareRoot()), "scale")
        scores = layers.add("Multiply", [scores, scale], suffix: "scores")
        scores = try quantized(scores, at: "softmax/input_quantizer", suffix: "softmax_iq")
        var weights = try softmax(
            scores, axes: .int(3), isStable: true, scale: 1, at: "softmax/", suffix: "softmax")
        weights = try quantized(weights, at: "softmax/output_quantizer", suffix: "softmax_oq")
        let mixed = layers.add(
            "quantizers.einsum", [weights, v], suffix: "mixed", attributes: ["equation": .string("acbe,aecd->abcd")])
        let joined = layers.add("Reshape", [mixed], suffix: "joined", attributes: Self.shape(width))
        return try place(projection("out_proj", nil, isLast: true), joined)
    }

    private func expectPlainAttention() throws(LayerError) {
        guard node.outputs.count == 1 else {
            throw LayerError("its attention weights as an output are not read", help: "read its first output alone")
        }
        guard (1...3).contains(node.inputs.count) else {
            throw LayerError("it is called with \(node.inputs.count) tensors, expected query, key and value")
        }
        for (name, value) in plainAttributes().sorted(by: { $0.key < $1.key }) {
            switch name {
            case "embed_dim", "num_heads", "dropout", "bias", "kdim", "vdim", "approximate_softmax", "attn_quant_bits",
                "param_quant_granularity", "call.training", "call.need_weights":
                continue
            case "call.key_padding_mask" where value == .null, "call.attn_mask" where value == .null: continue
            default: throw LayerError("attribute '\(name)' is \(value.summary), which is not honoured", attribute: name)
            }
        }
    }

    private func projection(_ path: String, _ suffix: String?, isLast: Bool = false) -> Product {
        let biased = flag("bias", default: true)
        return Product(
            op: "Dense", attributes: ["use_bias": .bool(biased)], path: path, suffix: suffix, isBiased: biased,
            quantizesInput: isLast || flag("quantize_input", default: true),
            quantizesOutput: !isLast || flag("quantize_output"), prunes: isLast && options.prunes, axes: [1, 0])
    }

    /// One of query, key and value, its last axis split into heads.
    private mutating func head(
        _ value: String, _ path: String, _ word: String, _ heads: Int, _ size: Int
    ) throws(LayerError) -> String {
        let product = try place(projection(path, word), value)
        return layers.add("Reshape", [product], suffix: "\(word)_heads", attributes: Self.shape(heads, size))
    }

    /// As many steps as there are, and these axes behind.
    private static func shape(_ sizes: Int...) -> [String: JSONValue] {
        ["target_shape": .array([.int(-1)] + sizes.map { .int($0) })]
    }
}
