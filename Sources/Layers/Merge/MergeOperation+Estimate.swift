internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension MergeOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let a = site.inputs[0].type, b = site.inputs[1].type
        let exact = exactType(a, b)
        let parallel = site.io == .parallel ? site.output.count : site.output.channels
        var element = CastCost.cast(exact, resultType, target)
        var depth = 0
        switch kind {
        case .add, .subtract, .average:
            element.occupy(Estimate(lut: Multiplier.adder(exact.width, target.tool)))
        // A comparison and a choice.
        case .maximum, .minimum: element.occupy(Estimate(lut: 2 * exact.width))
        case .multiply:
            depth = 3
            let sides = (Multiplier.side(a), Multiplier.side(b))
            let blocks = Multiplier.blocks(sides.0, sides.1, count: parallel, target.family)
            var result = schedule(site, depth, target)
            result.occupy(Estimate(dsp: blocks))
            // Narrow factors are multiplied in logic: a row of adders.
            if blocks == 0 { element.occupy(Estimate(lut: Count.times(sides.0, sides.1))) }
            result.occupy(element.copies(parallel))
            return result
        }
        var result = schedule(site, depth, target)
        result.occupy(element.copies(parallel))
        return result
    }

    private func schedule(_ site: OperationSite, _ depth: Int, _ target: Target) -> Estimate {
        switch site.io {
        case .parallel: return Estimate(latency: depth, interval: 1)
        case .stream:
            var result = ElementwiseSchedule.stream(groups: site.output.groups, depth: depth, target)
            for input in site.inputs where input.shape != site.output.shape {
                result.latency = Count.plus(result.latency, input.groups)
                result.interval = Count.plus(result.interval, input.groups)
                result.fill = Count.plus(result.fill, input.groups)
                result.ff = Count.plus(result.ff, input.bits)
            }
            return result
        }
    }
}
