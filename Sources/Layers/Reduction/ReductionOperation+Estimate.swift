internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension ReductionOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let accum = accumulator(site.input.type), terms = plan(site.input.shape).offsets.count
        let levels = Int.bitWidth - max(1, terms).leadingZeroBitCount
        // A quotient by a constant is a product.
        let depth = levels + (kind == .mean ? 4 : 0)
        var result = Estimate(latency: depth, interval: 1)
        var steps = Count.times(max(0, terms - 1), site.output.count)
        var results = site.output.count
        if site.io == .stream {
            result = ElementwiseSchedule.stream(
                groups: Count.plus(site.input.groups, site.output.groups), depth: depth, target)
            result.ff = Count.times(site.output.count, accum.width)
            steps = site.input.channels
            results = site.output.channels
        }
        let step: Estimate
        switch kind {
        case .sum, .mean: step = Estimate(lut: Multiplier.adder(accum.width, target.tool))
        case .maximum, .minimum: step = Estimate(lut: 2 * accum.width)
        }
        result.occupy(step.copies(steps))
        if kind == .mean, terms & (terms - 1) != 0 {
            let side = Multiplier.side(accum)
            result.occupy(Estimate(dsp: Multiplier.blocks(side, side, count: results, target.family)))
        }
        result.occupy(CastCost.cast(accum, resultType, target).copies(results))
        return result
    }
}
