public import Estimates
import FixedPoint
public import LayerKit
import Options

extension ConcatenationOperation {
    /// Wires, and what a cast takes.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        var result =
            site.io == .parallel
            ? Estimate(latency: 0, interval: 1)
            : ElementwiseSchedule.stream(groups: site.output.groups, depth: 0, target)
        if case .uniform(let type) = resultType {
            for input in site.inputs {
                let count = site.io == .parallel ? input.count : input.channels
                result.occupy(CastCost.cast(input.type, type, target).copies(count))
            }
        }
        return result
    }
}
