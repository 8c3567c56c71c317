internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension ReshapeOperation {
    /// Nothing in arrays; in streams of another grouping, one element in each cycle.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let from = site.input, to = site.output
        guard site.io == .stream, from.shape.last != to.shape.last else { return Estimate(latency: 0, interval: 1) }
        var result = ElementwiseSchedule.stream(groups: max(from.groups, to.groups), depth: 0, target)
        result.ff = Count.times(max(from.channels, to.channels), from.type.width)
        result.lut = result.ff
        return result
    }
}
