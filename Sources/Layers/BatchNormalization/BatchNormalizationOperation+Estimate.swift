internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension BatchNormalizationOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let input = site.input.type
        let exact = exactType(input)
        let reuse = max(1, reuse ?? 1)
        var result = site.elementwise(
            depth: target.cycles(target.family == .series7 ? 15 : 8, least: 1), interval: reuse,
            CastCost.cast(exact, resultType, target), target)
        let products = Multiplier.blocks(
            Multiplier.side(input), Multiplier.side(scale.type), count: Count.ratio(site.parallel, reuse), target.family
        )
        // A constant for each element where all are worked on at once; else one of several, or out of a small memory.
        if site.io == .parallel || channels == site.input.channels {
            if reuse > 1 {
                result.occupy(Estimate(dsp: products))
            } else {
                for index in 0..<site.parallel {
                    let factor = scale.raw.isEmpty ? 0 : scale.raw[index % scale.raw.count]
                    result.occupy(Multiplier.product(factor, dataBits: Multiplier.side(input), target))
                }
            }
        } else {
            let bits = Count.times(site.input.channels, scale.type.width + bias.type.width)
            let depth = channels / max(1, site.input.channels)
            result.occupy(Estimate(dsp: products, bram18: Memory.blocks(depth: depth, bits: bits)))
        }
        let adder = Multiplier.adder(exact.width, target.tool)
        result.occupy(Estimate(lut: adder, ff: exact.width).copies(site.parallel))
        return result
    }
}
