public import Basics
import FixedPoint
public import LayerKit
import Options

extension BatchNormalization {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        var warnings: [Diagnostic] = []
        var (operation, ranges) = operation(site.inputs[0], site.rules)
        operation.reuse = site.reuseOfElements(&warnings)
        return Lowered(operation, site, ranges: ranges, warnings: warnings)
    }

    /// The layer as an operation on a tensor, and bounds of what it gives.
    func operation(_ input: LoweringSite.Value, _ rules: any TypeRules) -> (
        operation: BatchNormalizationOperation, ranges: Ranges
    ) {
        let affine = affine
        var operation = BatchNormalizationOperation(
            scale: affine.isDouble
                ? rules.quantized(fine: affine.scale, .scale) : rules.quantized(affine.scale, .scale),
            bias: affine.isDouble ? rules.quantized(fine: affine.bias, .bias) : rules.quantized(affine.bias, .bias),
            resultType: input.type)
        var sum = operation.sum(input.type, input.ranges)
        sum.isTrainedExactly =
            !affine.isDouble && operation.scale.values == affine.scale.doubles
            && operation.bias.values == affine.bias.doubles
        sum.isFine = affine.isDouble
        operation.resultType = rules.result(sum, fraction: sum.fraction)
        return (operation, sum.ranges.final.cast(to: operation.resultType))
    }
}

extension BatchNormalizationOperation {
    /// Bounds of `x * scale + bias`.
    private func ranges(_ input: Ranges) -> Ranges {
        var result = input
        let factors = scale.values, offsets = bias.values
        for index in input.low.indices {
            let c = index % max(1, channels)
            let p = input.low[index] * factors[c], q = input.high[index] * factors[c]
            result.low[index] = min(p, q) + offsets[c]
            result.high[index] = max(p, q) + offsets[c]
        }
        return result
    }

    /// One product and one bias: nothing comes in between.
    func sum(_ input: FixedType, _ ranges: Ranges) -> ProductSum {
        let exact = self.ranges(ranges)
        return ProductSum(
            input: input, weight: scale.type, bias: bias.type, terms: 1,
            ranges: SumRanges(partial: exact, final: exact))
    }
}
