internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension RearrangementOperation {
    /// Wires in arrays; in streams, registers or a memory for what has to wait.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        var result = Estimate(latency: 0, interval: 1)
        if site.io == .stream {
            result = ElementwiseSchedule.stream(
                groups: Count.plus(site.input.groups, site.output.groups), depth: 1, target)
            result.ff = site.input.bits
            result.lut = site.output.channels
        }
        if case .uniform(let type) = resultType {
            let count = site.io == .parallel ? site.output.count : site.output.channels
            result.occupy(CastCost.cast(site.input.type, type, target).copies(count))
        }
        return result
    }
}
