public import Estimates
import FixedPoint
public import LayerKit

extension HardSigmoidOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let exact = exactType(site.input.type)
        var element = Multiplier.product(slope.raw, dataBits: Multiplier.side(site.input.type), target)
        // The shift, and the two bounds.
        element.occupy(Estimate(lut: Multiplier.adder(exact.width, target.tool) + 2 * resultType.width))
        element.occupy(CastCost.cast(exact, resultType, target))
        return site.elementwise(depth: 1, element, target)
    }
}
