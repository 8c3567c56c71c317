internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension BatchNormalizationOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let input = site.input.type
        let exact = exactType(input)
        var result = site.elementwise(
            depth: target.cycles(target.family == .series7 ? 15 : 8, least: 1),
            CastCost.cast(exact, resultType, target), target)
        // A constant for each element where all are worked on at once; else one out of a small memory.
        if site.io == .parallel || channels == site.input.channels {
            for index in 0..<site.parallel {
                let factor = scale.raw.isEmpty ? 0 : scale.raw[index % scale.raw.count]
                result.occupy(Multiplier.product(factor, dataBits: input.width, target))
            }
        } else {
            let bits = Count.times(site.input.channels, scale.type.width + bias.type.width)
            let products = Multiplier.blocks(
                input.width, scale.type.width, count: site.input.channels, target.family)
            let depth = channels / max(1, site.input.channels)
            result.occupy(Estimate(dsp: products, bram18: Memory.blocks(depth: depth, bits: bits)))
        }
        let adder = Multiplier.adder(exact.width, target.tool)
        result.occupy(Estimate(lut: adder, ff: exact.width).copies(site.parallel))
        return result
    }
}
