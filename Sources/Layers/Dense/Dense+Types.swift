import FixedPoint
import LayerKit

extension DenseOperation {
    /// Bounds from the known weights: each product lies between its values at the bounds of its input.
    private func sumRanges(_ input: Ranges, _ groups: Int) -> SumRanges {
        let n = inputCount, m = outputCount, all = n * groups
        let positions = input.low.count / max(1, all)
        let step = weight.type.step, outputs = m / groups, biases = bias.values
        var empty = Ranges(low: [Double](repeating: 0, count: positions * m), high: [])
        empty.high = empty.low
        var sums = SumRanges(partial: empty, final: empty)
        for position in 0..<positions {
            var low = biases, high = biases, least = biases, most = biases
            for group in 0..<groups {
                for i in 0..<n {
                    let at = position * all + group * n + i
                    let smallest = input.low[at], largest = input.high[at]
                    // All outputs of an input, which lie side by side: a matrix is large.
                    for j in group * outputs..<(group + 1) * outputs {
                        let weight = Double(weight.raw[i * m + j]) * step
                        let p = weight * smallest, q = weight * largest
                        low[j] += min(p, q)
                        high[j] += max(p, q)
                        least[j] += min(p, q, 0)
                        most[j] += max(p, q, 0)
                    }
                }
            }
            sums.final.low.replaceSubrange(position * m..<(position + 1) * m, with: low)
            sums.final.high.replaceSubrange(position * m..<(position + 1) * m, with: high)
            sums.partial.low.replaceSubrange(position * m..<(position + 1) * m, with: least)
            sums.partial.high.replaceSubrange(position * m..<(position + 1) * m, with: most)
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
