internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension SoftmaxOperation {
    /// One vector after the other in a stream; in arrays as many side by side as are worked on at once.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let one = vector(site, target)
        guard site.io == .stream else {
            let once = max(1, parallelization)
            return one.copies(once).inTurns(
                site.input.groups / once, bits: Count.plus(site.input.bits, site.output.bits))
        }
        var result = ElementwiseSchedule.stream(groups: site.input.groups, depth: one.latency, target)
        result.occupy(one)
        return result
    }

    private func vector(_ site: OperationSite, _ target: Target) -> Estimate {
        let classes = site.input.channels
        switch method {
        case .stable(let difference, let tables):
            return vector(tables.reachable(by: difference).narrowed(classes), argument: difference, site, target)
        case .scaled(let difference, let exp, let accum, let growth, let inverse):
            let tables = Tables(
                exp: exp.reachable(bits: difference.width), accum: accum, invInput: accum, inverse: inverse)
            var result = vector(tables, argument: difference, site, target)
            // Shifts of the sum and of the reciprocal by one of so many places, and a cycle for them.
            result.lut = Count.plus(result.lut, Count.times(Count.levels(growth + 1), accum.width + inverse.type.width))
            result.latency += 1
            return result
        case .latency(let tables):
            return vector(tables, argument: site.input.type, site, target, findsMaximum: false)
        case .legacy(let exp, let inverse):
            let lookups = Count.times(classes, max(0, classes - 1))
            var result = Estimate(
                latency: 4 + Count.levels(classes), interval: 1,
                lut: Count.times(lookups, 2 * site.input.type.width + exp.type.width))
            result.occupy(exp.memory(readers: lookups))
            result.occupy(inverse.memory(readers: classes))
            return result
        case .argmax:
            return Estimate(
                latency: Count.levels(classes) / 2, interval: 1,
                lut: Count.times(classes, 3 * site.input.type.width + resultType.width))
        }
    }

    private func vector(
        _ tables: Tables, argument: FixedType, _ site: OperationSite, _ target: Target, findsMaximum: Bool = true
    ) -> Estimate {
        let law = SoftmaxLaw(
            classes: site.input.channels, dataBits: site.input.type.width, accumBits: tables.accum.width,
            resultBits: resultType.width, findsMaximum: findsMaximum)
        var result = law.schedule(target)
        // An exponential has no more bits than its table, whatever the type is that sums need.
        let exponential = min(Multiplier.side(tables.accum), Multiplier.side(tables.exp.type))
        result.dsp = law.blocks(exponential, Multiplier.side(tables.inverse.type), target)
        result.occupy(tables.exp.memory(index: argument.width, readers: site.input.channels))
        result.occupy(tables.inverse.memory(index: tables.invInput.width, readers: 1))
        return result
    }
}

extension QuantizedTensor {
    /// A table in hardware, of which only the entries are kept that an index made of a word of `width` bits reaches.
    fileprivate func memory(index width: Int = 63, readers: Int) -> Estimate {
        let count = width < 30 ? min(raw.count, 1 << max(0, width)) : raw.count
        return Memory.table(count, bits: type.width, readers: readers)
    }
}
