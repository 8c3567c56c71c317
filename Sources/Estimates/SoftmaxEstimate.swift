internal import Basics
internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Options

extension SoftmaxOperation {
    /// One vector after the other in a stream, all side by side in arrays.
    func estimate(_ site: EstimateSite) -> Estimate {
        let one = vector(site)
        guard site.io == .stream else { return one.copies(site.groups) }
        var result = ElementwiseSchedule.stream(groups: site.groups, depth: one.latency, site.target)
        result.occupy(one)
        return result
    }

    private func vector(_ site: EstimateSite) -> Estimate {
        let classes = site.channels
        switch method {
        case .stable(let difference, let tables): return vector(tables, argument: difference, site)
        case .latency(let tables):
            return vector(tables, argument: site.input, site, findsMaximum: false)
        case .legacy(let exp, let inverse):
            let lookups = Count.times(classes, max(0, classes - 1))
            var result = Estimate(
                latency: 4 + Count.levels(classes), interval: 1,
                lut: Count.times(lookups, 2 * site.input.width + exp.type.width))
            result.occupy(Memory.table(exp, readers: lookups))
            result.occupy(Memory.table(inverse, readers: classes))
            return result
        case .argmax:
            return Estimate(
                latency: Count.levels(classes) / 2, interval: 1,
                lut: Count.times(classes, 3 * site.input.width + resultType.width))
        }
    }

    private func vector(_ tables: Tables, argument: FixedType, _ site: EstimateSite, findsMaximum: Bool = true)
        -> Estimate
    {
        let law = SoftmaxLaw(
            classes: site.channels, dataBits: site.input.width, accumBits: tables.accum.width,
            resultBits: resultType.width, findsMaximum: findsMaximum)
        var result = law.schedule(site.target)
        result.dsp = law.blocks(inverseBits: tables.inverse.type.width, site.target)
        result.occupy(Memory.table(tables.exp.reachable(bits: argument.width), readers: site.channels))
        result.occupy(Memory.table(tables.inverse.reachable(bits: tables.invInput.width), readers: 1))
        return result
    }
}
