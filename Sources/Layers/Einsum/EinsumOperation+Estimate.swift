internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension EinsumOperation {
    /// As many multipliers as products are made at once: all of them in arrays, those of one group in a stream.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let terms = plan(site).offsets[0].count
        let outputs = site.io == .parallel ? site.output.count : site.output.channels
        let products = Count.times(terms, outputs)
        let sides = site.inputs.map { Multiplier.side($0.type) }
        let blocks = Multiplier.blocks(sides[0], sides[1], count: products, target.family)
        let levels = Int.bitWidth - max(1, terms).leadingZeroBitCount
        var result = Estimate(latency: 3 + levels, interval: 1)
        if site.io == .stream {
            let groups = site.inputs.reduce(site.output.groups) { Count.plus($0, $1.groups) }
            result = ElementwiseSchedule.stream(groups: groups, depth: 3 + levels, target)
            result.ff = site.inputs.reduce(0) { Count.plus($0, $1.bits) }
        }
        var product = Estimate(lut: Multiplier.adder(accum.width, target.tool))
        if blocks == 0 { product.occupy(Estimate(lut: Count.times(sides[0], sides[1]))) }
        result.occupy(Estimate(dsp: blocks))
        result.occupy(product.copies(products))
        result.occupy(CastCost.cast(accum, resultType, target).copies(outputs))
        return result
    }
}
