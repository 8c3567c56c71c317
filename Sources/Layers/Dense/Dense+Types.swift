import FixedPoint
import LayerKit

extension DenseOperation {
    /// Bounds from the known weights: each product lies between its values at the bounds of its input.
    private func sumRanges(_ input: Ranges, _ groups: Int) -> SumRanges {
        let n = inputCount, m = outputCount, all = n * groups
        let positions = input.low.count / max(1, all)
        let w = weight.values, b = bias.values
        var empty = Ranges(low: [Double](repeating: 0, count: positions * m), high: [])
        empty.high = empty.low
        var sums = SumRanges(partial: empty, final: empty)
        for position in 0..<positions {
            for j in 0..<m {
                let at = position * m + j, start = position * all + j / (m / groups) * n
                var low = b[j], high = b[j], least = b[j], most = b[j]
                for i in 0..<n {
                    let p = w[i * m + j] * input.low[start + i], q = w[i * m + j] * input.high[start + i]
                    low += min(p, q)
                    high += max(p, q)
                    least += min(p, q, 0)
                    most += max(p, q, 0)
                }
                sums.final.low[at] = low
                sums.final.high[at] = high
                sums.partial.low[at] = least
                sums.partial.high[at] = most
            }
        }
        return sums
    }

    /// The sum of one output, for inputs of a type that lie within bounds: at each position those of one group of outputs
    /// behind those of the other.
    func sum(_ input: FixedType, _ ranges: Ranges, groups: Int = 1) -> ProductSum {
        ProductSum(
            input: input, weight: weight.type, bias: bias.type, terms: inputCount, ranges: sumRanges(ranges, groups))
    }

    /// Whether the accumulator loses nothing: every product and the bias fit below the point, every partial sum above.
    func sumIsExact(_ input: FixedType, _ sums: SumRanges) -> Bool {
        guard let accum else { return true }
        guard productType(input).fraction <= accum.fraction, bias.type.fraction <= accum.fraction else { return false }
        // A product on its own is cast too.
        return !sums.partial.overflow(accum) && productType(input).fits(in: accum)
    }
}
