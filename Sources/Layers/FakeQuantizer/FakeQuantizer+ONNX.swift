internal import Basics
internal import Glibc
internal import LayerKit

extension FakeQuantizer {
    /// Operator `Quant` of QONNX: scale, zero point and width may be tensors; `signed`, `narrow` and `rounding_mode`
    /// say which grid it is. A signed number of one bit is 1 or -1.
    static func fromONNXQuant(_ site: ImportSite) throws(LayerError) -> FakeQuantizer {
        try site.expectAttributes("signed", "narrow", "rounding_mode")
        let tensors = try site.expectWeights(["scale", "zeropt", "bitwidth"])
        let scale = try positive(tensors[0], "scale"), bits = tensors[2].doubles
        let signed = try site.flag("signed", default: true), narrow = try site.flag("narrow", default: false)
        if signed, bits.allSatisfy({ $0 == 1 }) {
            return FakeQuantizer(scale: scale, zeroPoint: tensors[1], low: nil, high: nil, rounding: .sign)
        }
        let bounds = try self.bounds(tensors[2], signed: signed, narrow: narrow)
        return FakeQuantizer(
            scale: scale, zeroPoint: tensors[1], low: bounds.low, high: bounds.high, rounding: try rounding(site))
    }

    /// Operator `BipolarQuant`: the scale, or its opposite below zero.
    static func fromONNXBipolarQuant(_ site: ImportSite) throws(LayerError) -> FakeQuantizer {
        try site.expectAttributes()
        let scale = try positive(try site.expectWeights(["scale"])[0], "scale")
        return FakeQuantizer(scale: scale, zeroPoint: Tensor([0]), low: nil, high: nil, rounding: .sign)
    }

    /// Operator `Trunc`, with or without a scale of its result: as many bits are dropped as `in_bitwidth` has more than
    /// `out_bitwidth`, or as the scales say.
    static func fromONNXTrunc(_ site: ImportSite) throws(LayerError) -> FakeQuantizer {
        try site.expectAttributes("signed", "narrow", "rounding_mode")
        let hasScale = site.tensors["out_scale"] != nil
        let tensors = try site.expectWeights(
            ["scale", "zeropt", "in_bitwidth", "out_bitwidth"] + (hasScale ? ["out_scale"] : []))
        let scale = try positive(tensors[0], "scale"), zero = tensors[1]
        guard hasScale else {
            guard tensors[2].count == 1, tensors[3].count == 1, abs(tensors[2].doubles[0]) <= 64,
                abs(tensors[3].doubles[0]) <= 64
            else { throw LayerError("the widths of Trunc are not single numbers", attribute: "out_bitwidth") }
            let divisor = Tensor([Float(power(tensors[2].doubles[0] - tensors[3].doubles[0]))])
            return FakeQuantizer(
                scale: scale, zeroPoint: zero, low: nil, high: nil, rounding: try rounding(site),
                truncation: Truncation(divisor: divisor, scale: scale, zeroPoint: zero))
        }
        let next = try positive(tensors[4], "out_scale")
        guard scale.count == 1, zero.count == 1, next.count == 1 else {
            throw LayerError(
                "Trunc with scales for each channel is not supported", attribute: "out_scale",
                help: "one scale for the tensor is")
        }
        let bounds = try self.bounds(
            tensors[3], signed: try site.flag("signed", default: true), narrow: try site.flag("narrow", default: false))
        let divisor = Float(power(log2(next.doubles[0] / scale.doubles[0]).rounded(.toNearestOrEven)))
        return FakeQuantizer(
            scale: scale, zeroPoint: zero, low: bounds.low, high: bounds.high, rounding: try rounding(site),
            truncation: Truncation(
                divisor: Tensor([divisor]), scale: next, zeroPoint: Tensor([zero.singles[0] / divisor])))
    }

    /// `QuantizeLinear` with `DequantizeLinear` behind it, as one node: the steps are rounded before the zero point is
    /// added, which is why it only moves the bounds here.
    static func fromONNXQuantizeDequantize(_ site: ImportSite) throws(LayerError) -> FakeQuantizer {
        try site.expectAttributes()
        let tensors = try site.expectWeights(["scale", "low", "high"])
        return FakeQuantizer(
            scale: try positive(tensors[0], "scale"), zeroPoint: Tensor([0]), low: tensors[1], high: tensors[2],
            rounding: .halfEven)
    }

    private static func positive(_ tensor: Tensor, _ name: String) throws(LayerError) -> Tensor {
        guard tensor.count > 0, tensor.doubles.allSatisfy({ $0 > 0 }) else {
            throw LayerError("a scale is not above zero", attribute: name)
        }
        return tensor
    }

    private static func power(_ exponent: Double) -> Double { exp2(exponent) }

    private static func bounds(
        _ bits: Tensor, signed: Bool, narrow: Bool
    ) throws(LayerError) -> (low: Tensor, high: Tensor) {
        let widths = bits.doubles
        guard !widths.isEmpty, widths.allSatisfy({ $0 > 0 && $0 <= 64 && (!signed || $0 >= 1) }) else {
            throw LayerError("a width is not between 1 and 64 bits", attribute: "bitwidth")
        }
        let lows = widths.map { signed ? Float(-power($0 - 1) + (narrow ? 1 : 0)) : 0 }
        let highs = widths.map { signed ? Float(power($0 - 1) - 1) : Float(power($0) - (narrow ? 2 : 1)) }
        guard let low = Tensor(shape: bits.shape, values: lows), let high = Tensor(shape: bits.shape, values: highs)
        else { throw LayerError("the widths are no tensor", attribute: "bitwidth") }
        return (low, high)
    }

    private static func rounding(_ site: ImportSite) throws(LayerError) -> Rounding {
        let mode = try site.text("rounding_mode") ?? "ROUND"
        switch mode.uppercased() {
        case "ROUND", "HALF_EVEN": return .halfEven
        case "CEIL": return .ceil
        case "FLOOR": return .floor
        case "UP": return .awayFromZero
        case "DOWN", "ROUND_TO_ZERO": return .towardZero
        case "HALF_UP": return .halfAwayFromZero
        case "HALF_DOWN": return .halfTowardZero
        default:
            throw LayerError(
                "rounding_mode '\(mode)' is not supported", attribute: "rounding_mode",
                help: "ROUND, CEIL, FLOOR, UP, DOWN, HALF_UP and HALF_DOWN are")
        }
    }
}
