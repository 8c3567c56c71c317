/// A sum of multiples of inputs.
struct Multiples: Hashable {
    struct Factor: Hashable {
        var input: Int
        var value: Int64
    }

    /// In ascending order of inputs, none zero.
    private(set) var factors: [Factor] = []

    init() {}

    init(input: Int) { factors = [Factor(input: input, value: 1)] }

    /// `(left << leftShift) + (right << rightShift)`, or their difference. Nil: a factor might leave 62 bits.
    init?(_ left: Multiples, _ leftShift: Int, _ right: Multiples, _ rightShift: Int, subtract: Bool) {
        let a = left.factors, b = right.factors
        factors.reserveCapacity(a.count + b.count)
        var i = 0, j = 0
        while i < a.count || j < b.count {
            // At the end of one of them, the other comes first.
            let first = i < a.count ? a[i].input : .max, second = j < b.count ? b[j].input : .max
            var value: Int64 = 0
            if first <= second {
                guard let scaled = Self.shifted(a[i].value, leftShift) else { return nil }
                value = scaled
                i += 1
            }
            if second <= first {
                guard let scaled = Self.shifted(b[j].value, rightShift) else { return nil }
                value += subtract ? -scaled : scaled
                j += 1
            }
            if value != 0 { factors.append(Factor(input: min(first, second), value: value)) }
        }
    }

    /// Nil: beyond what a sum of two may hold.
    static func shifted(_ value: Int64, _ shift: Int) -> Int64? {
        guard shift < 62, value.magnitude <= UInt64(1 << 61) >> UInt64(shift) else { return nil }
        return value << Int64(shift)
    }

    var negated: Multiples {
        var result = self
        for index in factors.indices { result.factors[index].value.negate() }
        return result
    }

    /// All values over independent inputs, and a constant beyond them. Nil: outside of the limit.
    func interval(constant: Int64 = 0, _ values: (Int) -> IntegerInterval) -> IntegerInterval? {
        var low = Int128(constant), high = low
        var zeros = constant == 0 ? 61 : min(61, constant.trailingZeroBitCount)
        for factor in factors {
            let interval = values(factor.input)
            let a = Int128(factor.value) * Int128(interval.low), b = Int128(factor.value) * Int128(interval.high)
            low += min(a, b)
            high += max(a, b)
            zeros = min(zeros, factor.value.trailingZeroBitCount + interval.zeros)
        }
        let limit = Int128(IntegerInterval.limit)
        guard -limit <= low, high <= limit else { return nil }
        return IntegerInterval(low: Int64(low), high: Int64(high), zeros: low == 0 && high == 0 ? 0 : zeros)
    }
}
