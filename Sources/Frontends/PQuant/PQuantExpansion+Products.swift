internal import Basics
internal import LayerKit

/// Layers that multiply with trained numbers.
extension PQuantExpansion {
    /// A product with a kernel, which may be one of several in a layer.
    struct Product {
        var op: String
        /// The class's attributes.
        var attributes: [String: JSONValue]
        /// Where its numbers lie in the layer; empty: they are the layer's own.
        var path = ""
        /// Of the node's name; nil: it has the layer's.
        var suffix: String?
        var isBiased: Bool
        /// Whether what enters and what leaves is quantized.
        var quantizesInput: Bool
        var quantizesOutput: Bool
        var prunes: Bool
        /// The axes of the kernel in the order of the mask.
        var axes: [Int]
        /// Whether kernel and bias are made twice, the second ones of use.
        var storesTwice = false
    }

    mutating func product(_ op: String, axes: [Int], storesTwice: Bool = false) throws(LayerError) -> String {
        try place(
            Product(
                op: op, attributes: plainAttributes(), isBiased: flag("use_bias", default: true),
                quantizesInput: flag("quantize_input", default: true), quantizesOutput: flag("quantize_output"),
                prunes: flag("enable_pruning", default: options.prunes), axes: axes, storesTwice: storesTwice),
            try input())
    }

    mutating func place(_ product: Product, _ value: String) throws(LayerError) -> String {
        let front = product.path.isEmpty ? "" : product.path + "/"
        let word = product.suffix.map { $0 + "_" } ?? ""
        let numbers = product.isBiased ? ["kernel", "bias"] : ["kernel"]
        let trained = (product.storesTwice ? numbers.map { "unused \($0)" } : []) + numbers
        let own = try layers.own(trained: trained, fixed: ["is_pretraining", "is_finetuning"], at: product.path)
        var tensors: [String: Tensor] = [:]
        if let kernel = own["kernel"] { tensors["kernel"] = try used(kernel, product, front) }
        if let bias = own["bias"] {
            let quantizer = isFinal ? nil : try quantizer(front + "bias_quantizer", of: .bias)
            tensors["bias"] = try quantizer?.quantized(bias) ?? bias
        }
        var at = value
        if product.quantizesInput { at = try quantized(at, at: front + "input_quantizer", suffix: word + "iq") }
        at = layers.add(
            product.op, [at], suffix: product.suffix, attributes: product.attributes, tensors: tensors)
        if product.quantizesOutput { at = try quantized(at, at: front + "output_quantizer", suffix: word + "oq") }
        return at
    }

    /// Whether trained numbers are stored as they are used.
    var isFinal: Bool { flag("final_compression_done") }

    /// A kernel as the layer uses it: quantized and pruned, in the order that the training had.
    private func used(_ kernel: Tensor, _ product: Product, _ front: String) throws(LayerError) -> Tensor {
        if isFinal { return kernel }
        let quantizer = try quantizer(front + "weight_quantizer", of: .weight)
        func pruned(_ numbers: Tensor) throws(LayerError) -> Tensor {
            guard product.prunes else { return numbers }
            guard let method = options.pruning else {
                throw LayerError(
                    "its way of pruning is not read before it is finished", attribute: "config",
                    help: "save the model after apply_final_compression(model)")
            }
            return try method.pruned(
                numbers, layers.variables(front + "pruning_layer"), axes: product.axes,
                epsilon: options.pruningEpsilon)
        }
        if options.prunesFirst {
            let left = try pruned(kernel)
            return try quantizer?.quantized(left) ?? left
        }
        return try pruned(try quantizer?.quantized(kernel) ?? kernel)
    }

    /// A depthwise convolution, and one of single places behind it.
    mutating func separable() throws(LayerError) -> String {
        let attributes = plainAttributes(without: "filters", "use_bias")
        let value = try place(
            Product(
                op: "DepthwiseConv2D", attributes: attributes.merging(["use_bias": .bool(false)]) { $1 },
                path: "depthwise_conv", suffix: "depthwise", isBiased: false,
                quantizesInput: flag("quantize_input", default: true), quantizesOutput: false, prunes: options.prunes,
                axes: Self.depthwiseAxes, storesTwice: true),
            try input())
        let biased = flag("use_bias", default: true)
        var pointwise: [String: JSONValue] = [
            "kernel_size": .array([.int(1), .int(1)]), "padding": .string("same"), "use_bias": .bool(biased),
        ]
        for name in ["filters", "data_format"] { pointwise[name] = node.attributes[name] }
        return try place(
            Product(
                op: "Conv2D", attributes: pointwise, path: "pointwise_conv", isBiased: biased, quantizesInput: false,
                quantizesOutput: flag("quantize_output"), prunes: options.prunes, axes: Self.convolutionAxes),
            value)
    }

    /// A scale and an offset, each quantized; the statistics are not.
    mutating func batchNormalization() throws(LayerError) -> String {
        let scaled = flag("scale", default: true), centred = flag("center", default: true)
        var own = try layers.own(
            trained: (scaled ? ["gamma"] : []) + (centred ? ["beta"] : []),
            fixed: ["moving_mean", "moving_variance", "is_pretraining"])
        own["is_pretraining"] = nil
        if flag("quantize_parameters", default: true), !isFinal {
            for (name, path, place) in [
                ("gamma", "weight_quantizer", Place.weight), ("beta", "bias_quantizer", .bias),
            ] {
                guard let numbers = own[name], let quantizer = try quantizer(path, of: place) else { continue }
                own[name] = try quantizer.quantized(numbers)
            }
        }
        return layers.add("BatchNormalization", [try entering()], attributes: plainAttributes(), tensors: own)
    }
}
