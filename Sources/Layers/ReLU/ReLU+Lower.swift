public import Basics
import FixedPoint
public import LayerKit
import Options

extension ReLU {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let slopeTensor = quantizedSlope(site)
        var operation = ReLUOperation(
            resultType: input.type, maximum: maximum.map { Constant(Double($0), as: exactType(Double($0))) },
            threshold: thresholdConstant(site), inclusive: inclusive, slope: slopeTensor)
        let ranges = ranges(input.ranges, slopeTensor)
        operation.resultType = site.result(inferred: natural(input.type, ranges, slopeTensor))
        var warnings: [Diagnostic] = []
        if site.compat == .hls4ml, spelling == .relu, maximum != nil || slope != nil || threshold != 0 {
            warnings.append(
                site.warning(
                    "hls4ml 1.3.0 ignores max_value, negative_slope and threshold of a ReLU layer; they are honoured "
                        + "here, so the outputs differ from its own where they count"))
        }
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType), warnings: warnings)
    }

    /// hls4ml compares `ThresholdedReLU` with the threshold cast to `param`, by default the input's type; everything
    /// else is compared with the exact value.
    private func thresholdConstant(_ site: LoweringSite) -> Constant? {
        guard threshold != 0 else { return nil }
        let value = Double(threshold)
        if site.compat == .hls4ml, spelling == .thresholdedReLU {
            return Constant(value, as: site.stated(.param) ?? site.inputs[0].type)
        }
        return Constant(value, as: site.stated(exactly: .param) ?? exactType(value))
    }

    private func quantizedSlope(_ site: LoweringSite) -> QuantizedTensor? {
        guard let slope else { return nil }
        let type: FixedType
        switch (site.compat, spelling) {
        case (.hls4ml, .prelu):
            type = site.stated(.param) ?? site.inputs[0].type
            return WeightQuantizer.quantize(slope, as: type, compat: .hls4ml)
        case (.hls4ml, _):
            type = site.stated(.param) ?? .smallest(holding: slope.doubles[0], width: 8)
        case (.native, .prelu):
            type = site.stated(exactly: .param) ?? .fittingWeights(slope.doubles)
        case (.native, _):
            type = site.stated(exactly: .param) ?? .smallest(holding: slope.doubles[0], width: 16)
        }
        // A single slope is written into the code as a number, not as decimal text of the type's digits.
        return WeightQuantizer.quantize(slope, as: type, compat: .native)
    }

    /// Bounds before the cast to the result.
    private func ranges(_ input: Ranges, _ slopes: QuantizedTensor?) -> Ranges {
        let factors = slopes?.values ?? []
        let limit = Double(threshold)
        var result = input
        for index in input.low.indices {
            let slope = factors.isEmpty ? 0 : factors[factors.count == 1 ? 0 : index]
            func value(_ x: Double) -> Double {
                x >= limit ? min(x, maximum.map(Double.init) ?? x) : slope * (x - limit)
            }
            var ends = [value(input.low[index]), value(input.high[index])]
            if input.low[index] < limit, input.high[index] >= limit { ends += [0, value(limit), slope * 0] }
            result.low[index] = ends.min() ?? 0
            result.high[index] = ends.max() ?? 0
        }
        return result
    }

    /// Native result type for `auto`: nothing that passes is rounded; products with slopes are rounded to the input's
    /// last place.
    private func natural(_ input: FixedType, _ ranges: Ranges, _ slopes: QuantizedTensor?) -> FixedType {
        let (low, high) = ranges.span
        var type = FixedType.covering(low - (slopes == nil ? 0 : input.step), high, fraction: input.fraction)
        if slopes != nil { type.rounding = .rnd }
        return type
    }

    /// A type that holds a single-precision number exactly.
    private func exactType(_ value: Double) -> FixedType { .smallest(holding: value, width: 60) }
}

extension FixedType {
    /// The smallest type that holds the value, of at most `width` bits and a sign: what does not fit behind the point is
    /// cut off. As hls4ml chooses the type of an activation's constant (with 8 bits).
    static func smallest(holding value: Double, width limit: Int) -> FixedType {
        if value == 0 || !value.isFinite { return FixedType(width: 1, integer: 1, signed: false) }
        let signed = value < 0
        let magnitude = abs(value)
        // Bits in front of the point: 2^integer must exceed a positive value and may equal a negative one's magnitude.
        let power = magnitude.significand == 1
        let integer = Int(magnitude.exponent) + (signed && power ? 0 : 1)
        let fraction = magnitude.significandWidth - Int(magnitude.exponent)
        let width = min(integer + fraction, limit) + (signed ? 1 : 0)
        return FixedType(width: max(1, width), integer: integer + (signed ? 1 : 0), signed: signed)
    }
}
