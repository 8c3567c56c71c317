import FixedPoint
import LayerKit

/// Bounds of the sums of a matrix product, per element of the output.
struct SumRanges {
    /// Of every partial sum, in whatever order the products are added.
    var partial: Ranges
    /// Of the whole sum.
    var final: Ranges
}

extension DenseOperation {
    /// Bounds from the known weights: each product lies between its values at the bounds of its input.
    func sumRanges(_ input: Ranges) -> SumRanges {
        let n = inputCount, m = outputCount
        let positions = input.low.count / max(1, n)
        let w = weight.values, b = bias.values
        var empty = Ranges(low: [Double](repeating: 0, count: positions * m), high: [])
        empty.high = empty.low
        var sums = SumRanges(partial: empty, final: empty)
        for position in 0..<positions {
            for j in 0..<m {
                let at = position * m + j
                var low = b[j], high = b[j], least = b[j], most = b[j]
                for i in 0..<n {
                    let p = w[i * m + j] * input.low[position * n + i], q = w[i * m + j] * input.high[position * n + i]
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

    /// hls4ml's inferred accumulator and result type, `hls4ml-features` 2.4.
    func hls4mlType(_ input: FixedType, _ maximum: FixedType?) -> FixedType {
        let growth = inputCount <= 1 ? 0 : Int.bitWidth - (inputCount - 1).leadingZeroBitCount
        var integer = weight.type.integer + input.integer + growth
        let fraction = weight.type.width + input.width + growth - integer
        let signed = weight.type.signed || input.signed
        let biasSigned = bias.type.signed
        integer =
            max(
                integer + (biasSigned && !signed ? 1 : 0), bias.type.integer + (signed && !biasSigned ? 1 : 0)) + 1
        var width = integer + max(fraction, bias.type.fraction)
        if let maximum {
            width = min(width, maximum.width)
            integer = min(integer, maximum.integer)
        }
        return FixedType(width: width, integer: integer, signed: signed || biasSigned)
    }

    /// The narrowest accumulator in which no partial sum overflows and none is rounded.
    func exactAccumulator(_ input: FixedType, _ sums: SumRanges) -> FixedType {
        let (low, high) = sums.partial.span
        return .covering(low, high, fraction: max(productType(input).fraction, bias.type.fraction))
    }

    /// Whether the accumulator loses nothing: every product and the bias fit below the point, every partial sum above.
    func sumIsExact(_ input: FixedType, _ sums: SumRanges) -> Bool {
        guard let accum else { return true }
        guard productType(input).fraction <= accum.fraction, bias.type.fraction <= accum.fraction else { return false }
        // A product on its own is cast too.
        return !sums.partial.overflow(accum) && productType(input).fits(in: accum)
    }

    /// Result type for `auto`: what the sum can reach in front of the point; behind it what is exact, but no more than
    /// leaves `nativeResultWidth` bits in all.
    static func nativeResult(_ sums: SumRanges, _ exactFraction: Int) -> FixedType {
        let (low, high) = sums.final.span
        let exact = FixedType.covering(low, high, fraction: exactFraction)
        if exact.width <= nativeResultWidth { return exact }
        let fraction = nativeResultWidth - exact.integer
        var type = FixedType.covering(low - exp2i(-fraction), high + exp2i(-fraction), fraction: fraction)
        type.rounding = .rnd
        return type
    }

    /// Wider results cost multipliers in the next layer and add nothing a network of floats was trained to use.
    static let nativeResultWidth = 24

    private static func exp2i(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }
}

extension FixedType {
    /// The narrowest type that holds each of the values exactly, up to 62 bits; beyond, the last places are rounded.
    static func holding(_ values: [Double]) -> FixedType {
        let numbers = values.filter { $0 != 0 && $0.isFinite }
        guard let top = numbers.map({ Int($0.exponent) }).max() else { return .fixed(1, 1) }
        let fraction = numbers.map { $0.significandWidth - Int($0.exponent) }.max() ?? 0
        let integer = top + 2
        let width = max(1, min(62, integer + fraction))
        return FixedType(width: width, integer: integer, rounding: .rnd, overflow: .sat)
    }

    /// 16 bits, rounded to nearest, as many behind the point as the largest of the values leaves.
    static func fittingWeights(_ values: [Double]) -> FixedType {
        let low = values.min() ?? 0, high = values.max() ?? 0
        let largest = max(-low, high)
        guard largest > 0, largest.isFinite else { return .fixed(16, 6) }
        var type = FixedType(width: 16, integer: Int(largest.exponent) + 2, rounding: .rnd, overflow: .sat)
        // A value just below a power of two may round up to it.
        if high > type.maximum { type.integer += 1 }
        return type
    }
}
