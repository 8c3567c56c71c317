extension ONNXOp {
    /// Whether every element of the result depends on the element at its place alone: the order does not matter.
    var isElementwise: Bool {
        switch self {
        case .abs, .acos, .acosh, .asin, .asinh, .atan, .atanh, .ceil, .celu, .clip, .cos, .cosh, .elu, .erf, .exp,
            .floor, .gelu, .hardSigmoid, .hardSwish, .leakyRelu, .log, .mish, .neg, .pow, .reciprocal, .relu, .round,
            .selu, .shrink, .sigmoid, .sign, .sin, .sinh, .softplus, .softsign, .sqrt, .swish, .tan, .tanh,
            .thresholdedRelu, .pRelu, .quant, .bipolarQuant, .trunc, .quantizeDequantize, .identity, .cast:
            true
        case .add, .div, .max, .mean, .min, .mul, .sub, .sum: true
        default: false
        }
    }
}
