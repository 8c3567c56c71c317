internal import Basics
internal import LayerKit

extension Quantizer {
    /// Widths and integer parts beyond these single precision cannot tell.
    private static let widths = 1...32
    private static let integers = -64...64

    /// - Throws: an option that is not honoured, or a quantizer whose numbers cannot be known beforehand.
    init(_ call: QuantizerCall) throws(LayerError) {
        guard let kind = QuantizerClass(rawValue: call.name) else {
            let near = Spelling.nearest(to: call.name, in: QuantizerClass.allCases.map(\.rawValue).sorted())
            throw LayerError(
                "the quantizer '\(call.name)' is not read", help: near.map { "did you mean '\($0)'?" })
        }
        let options = try QuantizerOptions(call, kind)
        switch kind {
        case .bits: self = .bits(try Self.bits(options))
        case .relu: self = .relu(try Self.relu(options))
        case .binary, .stochasticBinary:
            self = .binary(zeroOne: try options.flag("use_01"), scale: try options.scale())
        case .ternary, .stochasticTernary:
            self = .ternary(
                threshold: try options.number("threshold"), scale: try options.scale(),
                unrolls: try options.integer("number_of_unrolls", default: 5, in: 0...1000))
        case .sigmoid:
            self = .sigmoid(
                bits: try options.integer("bits", default: 8, in: Self.widths),
                symmetric: try options.flag("symmetric"), real: try options.flag("use_real_sigmoid"))
        case .tanh:
            self = .tanh(
                bits: try options.integer("bits", default: 8, in: Self.widths),
                symmetric: try options.flag("symmetric"), real: try options.flag("use_real_tanh"))
        case .hardSwish:
            self = .hardSwish(
                try Self.bits(options), shift: try options.number("relu_shift") ?? 3,
                bound: try options.number("relu_upper_bound") ?? 6)
        case .powerOfTwo: self = .powerOfTwo(try Self.powerOfTwo(options, isReLU: false))
        case .reluPowerOfTwo: self = .powerOfTwo(try Self.powerOfTwo(options, isReLU: true))
        case .bernoulli:
            throw LayerError(
                "bernoulli draws its values by chance at inference too: such a network has no one answer")
        case .uLaw: throw LayerError("quantized_ulaw is not read: its values are of no fixed-point type")
        case .linear: self = .bits(try Self.linear(options))
        }
    }

    /// `quantized_linear`, of which the scale comes before the rounding: without one it is `quantized_bits`.
    private static func linear(_ options: QuantizerOptions) throws(LayerError) -> QuantizedBits {
        switch try options.scale() {
        case .unstated: break
        case .stated(let scale) where scale.singles.allSatisfy { $0 == 1 }: break
        case .stated, .automatic:
            throw LayerError(
                "quantized_linear with a scale (alpha) is not read", help: "alpha=1 is, and quantized_bits with any")
        }
        return QuantizedBits(
            // One bit with a sign has the values 1/2 and -1/2.
            bits: try options.integer("bits", default: 8, in: 2...32),
            integer: try options.integer("integer", default: 0, in: integers),
            symmetric: try options.flag("symmetric", default: true),
            keepsNegative: try options.flag("keep_negative", default: true), scale: .stated(Tensor([1])))
    }

    private static func bits(_ options: QuantizerOptions) throws(LayerError) -> QuantizedBits {
        let scale = try options.scale()
        var symmetric = try options.flag("symmetric")
        if case .automatic = scale { symmetric = true }
        return QuantizedBits(
            bits: try options.integer("bits", default: 8, in: widths),
            integer: try options.integer("integer", default: 0, in: integers), symmetric: symmetric,
            keepsNegative: try options.flag("keep_negative", default: true), scale: scale,
            scaleAxis: try options.number("scale_axis") == nil
                ? nil : try options.integer("scale_axis", default: 0, in: 0...7))
    }

    private static func relu(_ options: QuantizerOptions) throws(LayerError) -> QuantizedReLU {
        try options.expectOff("use_sigmoid")
        let slope = try slope(options)
        let bound = try options.number("relu_upper_bound"), clips = try options.flag("is_quantized_clip", default: true)
        return QuantizedReLU(
            bits: try options.integer("bits", default: 8, in: slope > 0 ? 2...32 : widths),
            integer: try options.integer("integer", default: 0, in: integers), slope: slope,
            bound: clips || bound == 0 ? nil : bound)
    }

    /// QKeras takes powers of two alone.
    private static func slope(_ options: QuantizerOptions) throws(LayerError) -> Float {
        let slope = try options.number("negative_slope") ?? 0
        guard slope == 0 || slope > 0 && slope.significand == 1 else {
            throw options.wrong("negative_slope", .double(Double(slope)), "0 or a power of two")
        }
        return slope
    }

    private static func powerOfTwo(
        _ options: QuantizerOptions, isReLU: Bool
    ) throws(LayerError) -> QuantizedPowerOfTwo {
        let maximum = try options.number("max_value")
        if let maximum, maximum < 0 {
            throw options.wrong("max_value", .double(Double(maximum)), "no negative number")
        }
        // An exponent has a sign of its own unless nothing is above 1.
        let signs = (isReLU ? 0 : 1) + (maximum.map { $0 > 1 } ?? true ? 1 : 0)
        let bits = try options.integer("bits", default: 8, in: signs...(signs + 7))
        let end = 1 << (bits - signs)
        let squares = try options.flag("quadratic_approximation")
        return QuantizedPowerOfTwo(
            exponents: -end...(squares ? 2 * ((end - 1) / 2) : end - 1), maximum: maximum,
            floors: try options.text("log2_rounding", of: ["rnd", "floor"]) == "floor", squares: squares,
            slope: isReLU ? try slope(options) : nil)
    }
}
