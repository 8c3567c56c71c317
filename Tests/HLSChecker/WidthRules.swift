/// The widths of what a layer computes with: the kernels' formulas (see the headers), with the layer's types.
struct WidthRules {
    let project: CheckedProject

    /// The vendor's headers take no more bits unless they are told, and never more than 4 096.
    static let widest = 1024

    func check(_ found: inout [Checker.Finding]) {
        for call in project.calls {
            guard let config = project.config(of: call) else { continue }
            var types = Array(config.types)
            for name in call.types { if let type = project.type(name) { types.append((name, type)) } }
            if let input = call.types.first.flatMap(project.type) {
                types += Self.intermediates(call.kernel, input, config)
            }
            for (name, type) in types.sorted(by: { $0.0 < $1.0 }) where type.width > Self.widest {
                found.append(
                    .init(
                        rule: .width, file: "firmware/layers/\(call.layer)_config.h",
                        text: "\(type.width) bits in \(name)"))
            }
        }
    }

    private typealias Named = (String, NumberType)

    /// What a kernel computes before it casts.
    private static func intermediates(_ kernel: String, _ x: NumberType, _ config: CheckedProject.Config)
        -> [(String, NumberType)]
    {
        func type(_ name: String) -> NumberType { config.types[name] ?? NumberType(1, 1) }
        func size(_ name: String) -> Int { config.numbers[name] ?? 1 }
        let accum = type("accum_t")
        switch kernel {
        case "dense_latency", "dense_resource", "dense_unrolled", "dense_distributed", "conv_latency", "conv_resource",
            "conv_unrolled", "conv_distributed":
            return [("a product", x * type("weight_t")), ("a sum", accum + accum)]
        case "normalize": return [("scale and bias", x * type("scale_t") + type("bias_t"))]
        case "leaky_relu", "prelu": return [("the slope's product", type("alpha_t") * x)]
        case "relu_general": return [("the slope's product", type("slope_t") * (x - type("threshold_t")))]
        case "table_activation": return position(x, size("table_size"), size("span_log2"))
        case "table_lookup":
            let product = x * NumberType(1, 1 - size("step_log2"), isSigned: false)
            let bits = max(2, product.integer) + 1
            return [("a bin's product", product), ("a bin", NumberType(bits, bits))]
        case "elu":
            return position(-x, size("table_size"), size("span_log2"))
                + [("the factor's product", type("alpha_t") * type("table_t"))]
        case "selu":
            return position(-x, size("table_size"), size("span_log2")) + [("the gain's product", type("lambda_t") * x)]
        case "pool_average":
            let magnitude = size("magnitude_bits")
            let quotient = NumberType(magnitude, magnitude, isSigned: false) * type("reciprocal_t")
            return [("a sum", accum + accum), ("a mean's product", quotient)]
        case "hard_sigmoid": return [("slope and shift", type("slope_t") * x + type("shift_t"))]
        case "hard_tanh":
            let int = NumberType(32, 32, isInteger: true)
            return [("slope and shift", int * (type("slope_t") * x + type("shift_t")) - int)]
        case "softmax_stable", "softmax_scaled", "softmax_latency":
            return [("a difference", x - x), ("a sum", accum + accum), ("a quotient", accum * type("inv_table_t"))]
        case "softmax_legacy":
            let table = type("table_t")
            return [("a sum", table + table)] + position(x - x, size("exp_table_size"), 4)
                + position(table, size("inv_table_size"), 6)
        default: return []
        }
    }

    /// The position in a table of `size` entries over a span of 2^`span`.
    private static func position(_ x: NumberType, _ size: Int, _ span: Int) -> [Named] {
        let bits = Int.bitWidth - max(1, size).leadingZeroBitCount
        let product = x * NumberType(bits, bits - span, isSigned: false)
        let pad = max(0, 2 - product.integer)
        let padded = NumberType(product.width + pad + 1, product.integer + pad + 1)
        let index = NumberType(product.integer + pad + bits + 2, product.integer + pad + bits + 2, isInteger: true)
        return [("a position's product", padded), ("a position", index + NumberType(32, 32, isInteger: true))]
    }
}
