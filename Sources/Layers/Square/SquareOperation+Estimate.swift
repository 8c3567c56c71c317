public import Estimates
import FixedPoint
public import LayerKit

extension SquareOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let width = site.input.type.width
        var result = site.elementwise(
            depth: target.cycles(target.family == .series7 ? 15 : 8, least: 1),
            CastCost.cast(Self.exactType(site.input.type), resultType, target), target)
        let blocks = Multiplier.blocks(width, width, count: site.parallel, target.family)
        result.occupy(Estimate(dsp: blocks))
        // Without a block, half a row of adders: the other half of the partial products is the same.
        if blocks == 0 { result.occupy(Estimate(lut: (width * width + 1) / 2).copies(site.parallel)) }
        return result
    }
}
