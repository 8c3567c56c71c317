internal import Basics
internal import LayerKit

/// The quantizers of QKeras 0.9.0, and of its form for Keras 3, by their names.
enum QuantizerClass: String, CaseIterable {
    case bits = "quantized_bits"
    case relu = "quantized_relu"
    case binary
    case stochasticBinary = "stochastic_binary"
    case ternary
    case stochasticTernary = "stochastic_ternary"
    case sigmoid = "quantized_sigmoid"
    case tanh = "quantized_tanh"
    case hardSwish = "quantized_hswish"
    case powerOfTwo = "quantized_po2"
    case reluPowerOfTwo = "quantized_relu_po2"
    case bernoulli
    case uLaw = "quantized_ulaw"
    case linear = "quantized_linear"

    /// Options of QKeras for Keras 3 by which scales are found that the file does not hold.
    static let scales = ["elements_per_scale", "min_po2_exponent", "max_po2_exponent", "post_training_scale"]

    /// The options in the order in which they may stand without a name.
    var options: [String] {
        let variables = ["qnoise_factor", "var_name", "use_ste", "use_variables"]
        let powers = ["use_stochastic_rounding", "quadratic_approximation", "log2_rounding"] + variables
        let scales = Self.scales
        switch self {
        case .bits:
            return ["bits", "integer", "symmetric", "keep_negative", "alpha", "use_stochastic_rounding", "scale_axis"]
                + variables + scales
        case .relu:
            return [
                "bits", "integer", "use_sigmoid", "negative_slope", "use_stochastic_rounding", "relu_upper_bound",
                "is_quantized_clip",
            ] + variables
        case .binary: return ["use_01", "alpha", "use_stochastic_rounding"]
        case .stochasticBinary, .bernoulli: return ["alpha", "temperature", "use_real_sigmoid"]
        case .ternary: return ["alpha", "threshold", "use_stochastic_rounding", "number_of_unrolls"]
        case .stochasticTernary:
            return ["alpha", "threshold", "temperature", "use_real_sigmoid", "number_of_unrolls"]
        case .sigmoid: return ["bits", "symmetric", "use_real_sigmoid", "use_stochastic_rounding"]
        case .tanh: return ["bits", "use_stochastic_rounding", "symmetric", "use_real_tanh"]
        case .hardSwish:
            return ["bits", "integer", "symmetric", "alpha", "use_stochastic_rounding", "scale_axis"] + variables
                + ["relu_shift", "relu_upper_bound", "keep_negative"] + scales
        case .powerOfTwo: return ["bits", "max_value"] + powers
        case .reluPowerOfTwo: return ["bits", "max_value", "negative_slope"] + powers
        case .uLaw: return ["bits", "integer", "symmetric", "u"]
        case .linear:
            return [
                "bits", "integer", "symmetric", "keep_negative", "alpha", "use_stochastic_rounding", "scale_axis",
                "qnoise_factor", "var_name", "use_variables",
            ]
        }
    }
}
