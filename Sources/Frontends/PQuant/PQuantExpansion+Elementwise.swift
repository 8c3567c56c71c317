internal import Basics
internal import LayerKit

/// Pooling, functions of one element, softmax.
extension PQuantExpansion {
    mutating func pooling(_ op: String) throws(LayerError) -> String {
        try leaving(layers.add(op, [try entering()], attributes: plainAttributes()))
    }

    mutating func activation() throws(LayerError) -> String {
        let name = node.attributes["activation"]?.stringValue ?? ""
        guard ["relu", "tanh", "hard_tanh"].contains(name) else {
            throw LayerError(
                "the activation '\(name)' (PQuantML) is not read", attribute: "activation",
                help: "relu, tanh and hard_tanh are")
        }
        var value = try input()
        if name == "relu" {
            guard !options.fitsCompression else {
                throw LayerError(
                    "with enable_fitcompress the file does not say whether a relu is quantized", attribute: "config")
            }
            if options.multiplies, !options.isHighGranularity {
                let exponent = try layers.own(trained: ["multiplier"], fixed: [])["multiplier"]?.singles.first ?? 0
                guard abs(exponent) < 100 else {
                    throw LayerError("its multiplier is 2 to the power of \(exponent)", attribute: "config")
                }
                let factor = Float(
                    sign: .plus, exponent: Int(exponent.rounded(.toNearestOrEven)), significand: 1)
                value = layers.add(
                    "Multiply", [value, layers.constant(factor, "multiplier")], suffix: "multiplied")
            }
        }
        if flag("quantize_input", default: true) {
            value = try quantized(value, at: "input_quantizer", suffix: "iq")
        }
        return try leaving(
            layers.add(KerasActivations.className, [value], attributes: ["activation": .string(name)]))
    }

    mutating func softmaxLayer() throws(LayerError) -> String {
        for (name, value) in plainAttributes().sorted(by: { $0.key < $1.key }) {
            switch name {
            case "axis", "stable", "input_scaler", "parallelization_factor", "exp_in_quant_bits",
                "exp_out_quant_bits", "inv_in_quant_bits", "inv_out_quant_bits":
                continue
            case "call.training": continue
            case "call.mask" where value == .null: continue
            default: throw LayerError("attribute '\(name)' is \(value.summary), which is not honoured", attribute: name)
            }
        }
        let value = try softmax(
            try entering(), axes: node.attributes["axis"] ?? .int(-1), isStable: flag("stable", default: true),
            scale: node.attributes["input_scaler"]?.numberValue ?? 1, at: "", suffix: nil)
        return try leaving(value)
    }

    /// - Parameter path: of the softmax inside the layer, with a slash behind unless it is the layer itself.
    mutating func softmax(
        _ value: String, axes: JSONValue, isStable: Bool, scale: Double, at path: String, suffix: String?
    ) throws(LayerError) -> String {
        layers.softmax(
            value,
            HGQSoftmax(
                axes: axes.arrayValue == nil ? .array([axes]) : axes, isStable: isStable, scale: scale,
                expInput: isStable ? try quantizer(path + "exp_table/input_quantizer") : nil,
                expOutput: try quantizer(path + "exp_table/output_quantizer"),
                inverseInput: try quantizer(path + "inv_table/input_quantizer"),
                inverseOutput: try quantizer(path + "inv_table/output_quantizer")),
            suffix: suffix)
    }
}
