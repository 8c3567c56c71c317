import FixedPoint
import LayerKit

extension SoftmaxOperation.Tables {
    /// The tables without the entries that no index reaches.
    func reachable(by argument: FixedType) -> SoftmaxOperation.Tables {
        var result = self
        result.exp = exp.reachable(bits: argument.width)
        result.inverse = inverse.reachable(bits: invInput.width)
        return result
    }

    /// The same quotients of differences from a maximum, with reciprocals of as few bits as those need that are read.
    ///
    /// The largest element has the difference 0, so that a sum is not below its exponential: reciprocals of less are
    /// never read. With tables as they are inferred that leaves none of 1, and 17 bits of 18, which are one multiplier
    /// block for each class instead of two.
    func narrowed(_ classes: Int) -> SoftmaxOperation.Tables {
        let toAccum = Cast<Int64>(fromFraction: exp.type.fraction, to: accum)
        let powers = exp.raw.map { toAccum($0) }
        guard !inverse.type.signed, inverse.type.width < 63, accum.bitsToCast(to: invInput) < 63,
            exp.type.bitsToCast(to: accum) < 63, let first = powers.first, let least = powers.min(),
            let most = powers.max(), least >= 0
        else { return self }
        let sums = (low: Int128(first) + Int128(classes - 1) * Int128(least), high: Int128(classes) * Int128(most))
        // No sum may wrap, nor what is looked up by it.
        guard sums.high <= accum.rawMax, let low = index(of: sums.low), let high = index(of: sums.high), low <= high
        else { return self }
        var result = self
        let read = inverse.raw[low...high]
        guard let top = read.max(), let bottom = read.min(), bottom >= 0 else { return self }
        let width = max(1, Int64.bitWidth - top.leadingZeroBitCount)
        guard width < inverse.type.width else { return self }
        result.inverse = QuantizedTensor(
            type: .ufixed(width, width - inverse.type.fraction), shape: inverse.shape,
            raw: inverse.raw.indices.map { inverse.raw[min(max($0, low), high)] })
        return result
    }

    /// The entry of the table of reciprocals for a sum; nil where the sum does not fit the type that is its index.
    private func index(of sum: Int128) -> Int? {
        guard sum >= 0, sum <= Int128(Int64.max) else { return nil }
        let value = Int64(sum)
        let isWide = accum.integer - (accum.signed ? 1 : 0) > invInput.integer - (invInput.signed ? 1 : 0)
        guard invInput.overflow == .sat || !isWide else { return nil }
        let cast = Cast<Int64>(fromFraction: accum.fraction, to: invInput)(value)
        let bits = TableOperation.log2Ceil(inverse.raw.count)
        let place = Int(cast >> Int64(max(0, invInput.width - bits)))
        return inverse.raw.indices.contains(place) ? place : nil
    }
}
