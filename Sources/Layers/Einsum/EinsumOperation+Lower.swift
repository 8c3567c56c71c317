import Basics
import FixedPoint
import LayerKit

extension Einsum {
    /// A sum of products of two tensors.
    func lowerProduct(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        guard site.inputs.count == 2, bias == nil else {
            throw site.error(
                "an einsum of \(site.inputs.count) tensor\(site.inputs.count == 1 ? "" : "s") has no firmware",
                attribute: "equation", help: "it is written for two")
        }
        let a = site.inputs[0], b = site.inputs[1]
        var operation = EinsumOperation(operands: operands, result: result, accum: a.type, resultType: a.type)
        let place = OperationSite(io: site.io, inputs: site.inputs.map(\.spec), outputs: [])
        let plan = operation.plan(place)
        let sum = ProductSum(
            input: a.type, weight: b.type, bias: .int(1, signed: false), terms: plan.offsets[0].count,
            ranges: sums(plan, a.ranges, b.ranges))
        operation.accum = site.rules.accumulator(inferred: sum.exactAccumulator)
        operation.resultType = site.rules.result(
            exact: sum.ranges.final, fraction: operation.accum.fraction, byTypes: byTypes(a.type, b.type, sum.terms))
        let ranges = sum.ranges.final.cast(to: operation.accum).cast(to: operation.resultType)
        return Lowered(operation, site, ranges: ranges)
    }

    /// What hls4ml infers of a scalar product, `hls4ml-features` 2.4.
    private func byTypes(_ a: FixedType, _ b: FixedType, _ terms: Int) -> FixedType {
        let growth = terms <= 1 ? 0 : Int.bitWidth - (terms - 1).leadingZeroBitCount
        return FixedType(
            width: a.width + b.width + growth, integer: a.integer + b.integer + growth, signed: a.signed || b.signed)
    }

    /// Bounds of every partial sum and of the whole.
    private func sums(_ plan: EinsumPlan, _ a: Ranges, _ b: Ranges) -> SumRanges {
        let zeros = [Double](repeating: 0, count: plan.count)
        var sums = SumRanges(partial: Ranges(low: zeros, high: zeros), final: Ranges(low: zeros, high: zeros))
        for element in 0..<plan.count {
            for term in plan.offsets[0].indices {
                let i = plan.starts[0][element] + plan.offsets[0][term]
                let j = plan.starts[1][element] + plan.offsets[1][term]
                let corners = [a.low[i] * b.low[j], a.low[i] * b.high[j], a.high[i] * b.low[j], a.high[i] * b.high[j]]
                let low = corners.min() ?? 0, high = corners.max() ?? 0
                sums.final.low[element] += low
                sums.final.high[element] += high
                sums.partial.low[element] += min(low, 0)
                sums.partial.high[element] += max(high, 0)
            }
        }
        return sums
    }
}
