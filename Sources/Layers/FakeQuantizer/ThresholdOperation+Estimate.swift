public import Estimates
import FixedPoint
public import LayerKit

extension ThresholdOperation {
    /// A comparison with a constant for each step, and the choice of a value.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let compared = steps * (site.input.type.width + 1) / 2
        return site.elementwise(
            depth: 1, Estimate(lut: compared + steps * resultType.width, ff: resultType.width), target)
    }
}
