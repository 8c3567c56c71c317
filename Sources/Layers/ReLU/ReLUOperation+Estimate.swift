internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension ReLUOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let input = site.input.type
        let law = ReLULaw(dataBits: input.width, resultBits: resultType.width, resultSigned: resultType.signed)
        let plain = maximum == nil && threshold == nil && slope == nil
        var result =
            plain && site.io == .stream
            ? law.stream(channels: site.input.channels, groups: site.input.groups, target)
            : site.elementwise(
                depth: slope == nil ? 0 : 1, interval: reuse ?? 1, law.element(target), target)
        result.occupy(CastCost.cast(input, resultType, target).copies(site.parallel))
        // Each further bound is one comparison and one choice.
        let bounds = [maximum, threshold].compactMap { $0 }.count
        result.occupy(Estimate(lut: bounds * (input.width + resultType.width)).copies(site.parallel))
        if let slope, !slope.raw.isEmpty {
            let side = Multiplier.side(input)
            if let reuse, reuse > 1 {
                let count = Count.ratio(site.parallel, reuse)
                result.occupy(
                    Estimate(dsp: Multiplier.blocks(side, Multiplier.side(slope.type), count: count, target.family)))
            } else {
                for index in 0..<site.parallel {
                    result.occupy(Multiplier.product(slope.raw[index % slope.raw.count], dataBits: side, target))
                }
            }
        }
        return result
    }
}
