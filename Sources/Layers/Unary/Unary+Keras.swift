internal import LayerKit

extension Unary {
    /// Activations by their names, with the constants that Keras gives them, and functions of `keras.ops`.
    static var kerasImports: [ImportRule] {
        let hardSwish = Function.hardSwish(slope: 1 / 6.0, shift: 0.5)
        let activations: [(String, Function)] = [
            ("exponential", .exp), ("silu", .silu), ("swish", .silu), ("gelu", .gelu), ("gelu_tanh", .geluTanh),
            ("mish", .mish),
            ("log_sigmoid", .logSigmoid), ("celu", .celu(alpha: 1)), ("tanh_shrink", .tanhShrink),
            ("hard_shrink", .hardShrink(lambda: 0.5)), ("soft_shrink", .softShrink(lambda: 0.5)),
            ("hard_silu", hardSwish), ("hard_swish", hardSwish), ("hard_tanh", .clip(low: -1, high: 1)),
            ("binary_tanh", .binaryTanh), ("ternary_tanh", .ternaryTanh),
        ]
        let functions: [(String, Function)] = [
            ("Exp", .exp), ("Log", .log), ("Log1p", .log1p), ("Expm1", .expm1), ("Sqrt", .sqrt), ("Rsqrt", .rsqrt),
            ("Square", .square), ("Reciprocal", .reciprocal), ("Absolute", .abs), ("Abs", .abs),
            ("Negative", .negate), ("Sign", .sign), ("Floor", .floor), ("Ceil", .ceil), ("Sin", .sin), ("Cos", .cos),
            ("Erf", .erf),
        ]
        return activations.map { ImportRule(.keras, "activations.\($0)", is: Unary($1)) }
            + functions.map { ImportRule(.keras, "ops.\($0)", is: Unary($1)) }
    }
}
