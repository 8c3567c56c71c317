public import Basics
import FixedPoint
public import LayerKit

extension Reduction {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let plan = ReducedPlaces(input.shape, axes), count = Double(plan.offsets.count)
        let reduced: ReductionOperation.Kind
        switch kind {
        case .sum: reduced = .sum
        case .mean: reduced = .mean
        case .maximum: reduced = .maximum
        case .minimum: reduced = .minimum
        case .product:
            throw site.error(
                "a product over axes has no firmware", help: "'hlsbuild predict --engine float' computes it as trained")
        }
        var operation = ReductionOperation(kind: reduced, axes: axes, accum: nil, resultType: input.type)
        let sums = sums(plan, input.ranges)
        let ranges: Ranges
        switch reduced {
        case .sum, .mean:
            // A quotient has as many places more as the count has bits: all of them where it is a power of two.
            let places = reduced == .mean ? Int.bitWidth - (plan.offsets.count - 1).leadingZeroBitCount : 0
            let (low, high) = sums.partial.span
            let accum = site.rules.accumulator(
                inferred: .covering(low, high, fraction: input.type.fraction + places))
            operation.accum = accum
            let exact = sums.final.cast(to: accum)
            ranges = reduced == .mean ? exact.mapped { $0 / count } : exact
        case .maximum: ranges = extremes(plan, input.ranges, max)
        case .minimum: ranges = extremes(plan, input.ranges, min)
        }
        operation.resultType = site.rules.result(
            exact: ranges, fraction: operation.accum?.fraction ?? input.type.fraction,
            byTypes: site.rules.project.modelDefault)
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType))
    }

    private func sums(_ plan: ReducedPlaces, _ x: Ranges) -> SumRanges {
        let zeros = plan.starts.map { _ in 0.0 }
        var sums = SumRanges(partial: Ranges(low: zeros, high: zeros), final: Ranges(low: zeros, high: zeros))
        for (element, start) in plan.starts.enumerated() {
            for offset in plan.offsets {
                let low = x.low[start + offset], high = x.high[start + offset]
                sums.final.low[element] += low
                sums.final.high[element] += high
                sums.partial.low[element] += min(low, 0)
                sums.partial.high[element] += max(high, 0)
            }
        }
        return sums
    }

    private func extremes(_ plan: ReducedPlaces, _ x: Ranges, _ pick: (Double, Double) -> Double) -> Ranges {
        func fold(_ bounds: [Double]) -> [Double] {
            plan.starts.map { start in
                plan.offsets.reduce(bounds[start + plan.offsets[0]]) { pick($0, bounds[start + $1]) }
            }
        }
        return Ranges(low: fold(x.low), high: fold(x.high))
    }
}
