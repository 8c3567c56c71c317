internal import Basics
internal import LayerKit

/// Merges, sums, pooling and functions of one element.
extension HGQExpansion {
    /// The layer `Quantizer`: nothing but one.
    mutating func quantizerLayer() throws(LayerError) -> String {
        guard let value = node.inputs.first, let config = node.attributes["config"] else {
            throw LayerError("it has no configuration", attribute: "config")
        }
        guard let quantizer = try HGQQuantizer.read(config, variables("quantizer")) else {
            return add("activations.linear", [value])
        }
        return add(quantizer, value, node.name)
    }

    mutating func merge(_ op: String) throws(LayerError) -> String {
        let values = try inputs()
        return try output(add(op, values, attributes: attributes()))
    }

    /// A number that is the same for every sample.
    mutating func constant(_ value: Float, _ suffix: String) -> String {
        add("quantizers.constant", [], suffix: suffix, tensors: ["value": Tensor([value])])
    }

    /// `QAveragePow2`: the sum times the power of two that is nearest to one in so many.
    mutating func average() throws(LayerError) -> String {
        let values = try inputs()
        let sum = add("Add", values, suffix: "sum")
        let scale = Float(sign: .plus, exponent: -Self.nearestExponent(values.count), significand: 1)
        return try output(add("Multiply", [sum, constant(scale, "scale")]))
    }

    /// `round(log2(count))`, half to even.
    static func nearestExponent(_ count: Int) -> Int {
        var exponent = 0
        while 1 << (exponent + 1) <= count { exponent += 1 }
        // Beyond the geometric mean of two powers the next is nearer; the mean itself is no whole number.
        return Double(count) * Double(count) > Double(1 << (2 * exponent + 1)) ? exponent + 1 : exponent
    }

    mutating func einsum() throws(LayerError) -> String {
        let values = try inputs()
        guard let equation = node.attributes["equation"] else {
            throw LayerError("it has no equation", attribute: "equation")
        }
        return try output(add("quantizers.einsum", values, attributes: ["equation": equation]))
    }

    /// The axes of a reduction, the one of the samples counted.
    private func axes() throws(LayerError) -> JSONValue {
        let value = node.attributes["axes"] ?? .int(-1)
        return value.arrayValue == nil ? .array([value]) : value
    }

    mutating func sum() throws(LayerError) -> String {
        let scale = node.attributes["scale"]?.numberValue ?? 1
        let input = try input()
        let attributes: [String: JSONValue] = [
            "kind": .string("sum"), "axes": try axes(), "keepdims": .bool(flag("keepdims")),
        ]
        guard scale != 1 else { return try output(add("quantizers.reduce", [input], attributes: attributes)) }
        let sum = add("quantizers.reduce", [input], suffix: "sum", attributes: attributes)
        return try output(add("Multiply", [sum, constant(Float(scale), "scale")]))
    }

    /// `QMeanPow2`: the sum times a power of two that depends on how many elements there are.
    mutating func mean() throws(LayerError) -> String {
        let input = try input()
        return try output(
            add(
                "quantizers.mean_power_of_two", [input],
                attributes: ["axes": try axes(), "keepdims": .bool(flag("keepdims"))]))
    }

    mutating func pooling(_ op: String) throws(LayerError) -> String {
        let input = try input()
        return try output(add(op, [input], attributes: attributes()))
    }

    mutating func function() throws(LayerError) -> String {
        let input = try input()
        return try output(
            add(
                KerasActivations.className, [input],
                attributes: ["activation": node.attributes["activation"] ?? .null]))
    }

    /// `QAffinedUnaryFunctionLUT`: the function of a scale times the input and an offset.
    mutating func affineFunction() throws(LayerError) -> String {
        let own = try own(trained: ["scale", "bias"])
        let input = try input()
        let scale = constant(own["scale"]?.singles.first ?? 1, "scale")
        let offset = constant(own["bias"]?.singles.first ?? 0, "offset")
        let scaled = add("Multiply", [input, scale], suffix: "scaled")
        let shifted = add("Add", [scaled, offset], suffix: "shifted")
        return try output(
            add(
                KerasActivations.className, [shifted],
                attributes: ["activation": node.attributes["activation"] ?? .null]))
    }

    /// `QSoftmax`: exponentials by a table, their sum, its reciprocal by a table, and a product.
    mutating func softmaxLayer() throws(LayerError) -> String {
        let input = try input()
        let value = softmax(
            input,
            HGQSoftmax(
                axes: node.attributes["axes"] ?? .array([.int(-1)]), isStable: flag("stable", default: true),
                scale: node.attributes["input_scaler"]?.numberValue ?? 1,
                expInput: try table("exp_iq_conf", "exp_table/iq"), expOutput: try table("exp_oq_conf", "exp_table/oq"),
                inverseInput: try table("inv_iq_conf", "inv_table/iq"),
                inverseOutput: try table("inv_oq_conf", "inv_table/oq")),
            suffix: nil)
        return try output(value)
    }

    /// The quantizer of a table; nil where the layer has none.
    ///
    /// - Parameter path: inside the layer.
    func table(_ attribute: String, _ path: String) throws(LayerError) -> HGQQuantizer? {
        guard let config = node.attributes[attribute], config != .null else { return nil }
        return try quantizer(config, path)
    }

    /// - Parameter suffix: of the last node's name; nil: it has the layer's.
    mutating func softmax(_ input: String, _ softmax: HGQSoftmax, suffix: String?) -> String {
        let front = suffix.map { $0 + "_" } ?? ""
        func reduce(_ kind: String) -> [String: JSONValue] {
            ["kind": .string(kind), "axes": softmax.axes, "keepdims": .bool(true)]
        }
        var value = input
        if softmax.isStable {
            let top = add("quantizers.reduce", [value], suffix: front + "max", attributes: reduce("maximum"))
            value = add("Subtract", [top, value], suffix: front + "below")
            value = quantized(value, by: softmax.expInput, suffix: front + "exp_iq")
        }
        let factor = Float(softmax.isStable ? -softmax.scale : softmax.scale)
        if factor != 1 {
            value = add("Multiply", [value, constant(factor, front + "factor")], suffix: front + "exponent")
        }
        value = add("quantizers.unary", [value], suffix: front + "exp", attributes: ["function": .string("exp")])
        value = quantized(value, by: softmax.expOutput, suffix: front + "exp_oq")
        var inverse = add("quantizers.reduce", [value], suffix: front + "sum", attributes: reduce("sum"))
        inverse = quantized(inverse, by: softmax.inverseInput, suffix: front + "inv_iq")
        // Keras' small number, which keeps the reciprocal finite.
        inverse = add("Add", [inverse, constant(1e-7, front + "epsilon")], suffix: front + "divisor")
        inverse = add(
            "quantizers.unary", [inverse], suffix: front + "inv", attributes: ["function": .string("reciprocal")])
        inverse = quantized(inverse, by: softmax.inverseOutput, suffix: front + "inv_oq")
        return add("Multiply", [value, inverse], suffix: suffix)
    }
}

/// What a softmax of HGQ 2 states.
struct HGQSoftmax {
    /// The axis of the samples counted.
    var axes: JSONValue
    /// Whether the largest element is taken away first.
    var isStable: Bool
    var scale: Double
    var expInput: HGQQuantizer?
    var expOutput: HGQQuantizer?
    var inverseInput: HGQQuantizer?
    var inverseOutput: HGQQuantizer?
}
