public import Basics
import FixedPoint
public import LayerKit
import Options

extension ReLU {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let slopeTensor = quantizedSlope(site)
        var operation = ReLUOperation(
            resultType: input.type,
            maximum: maximum.map { Constant(Double($0), as: .smallest(holding: Double($0), width: 60)) },
            threshold: thresholdConstant(site), inclusive: inclusive, slope: slopeTensor)
        let ranges = ranges(input.ranges, slopeTensor)
        operation.resultType = site.rules.result(inferred: natural(input.type, ranges, slopeTensor))
        var warnings: [Diagnostic] = []
        if spelling == .prelu, slopeTensor?.raw.count ?? 1 > 1 { operation.reuse = site.reuseOfElements(&warnings) }
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
        let rules = site.rules
        let type =
            spelling == .thresholdedReLU
            ? rules.threshold(value, input: site.inputs[0].type) : rules.exactConstant(value)
        return Constant(value, as: type)
    }

    private func quantizedSlope(_ site: LoweringSite) -> QuantizedTensor? {
        guard let slope else { return nil }
        if spelling == .prelu { return site.rules.slopes(slope, input: site.inputs[0].type) }
        // A single slope is written into the code as a number, not as decimal text of the type's digits.
        return WeightQuantizer.quantize(slope, as: site.rules.constant(slope.doubles[0]), from: .value)
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
}
