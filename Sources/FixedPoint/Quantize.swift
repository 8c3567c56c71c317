extension FixedType {
    /// The raw value of `value`: rounded, then bounded, as `ap_fixed` does when assigned a double. Exact: no
    /// intermediate is rounded. NaN gives 0; an infinity saturates where the type does and gives 0 where it wraps.
    ///
    /// Exact for types of up to 124 bits.
    public func quantize(_ value: Double) -> Int128 {
        if value == 0 || value.isNaN { return 0 }
        if value.isInfinite {
            switch overflow {
            case .wrap, .satZero: return 0
            case .sat, .satSym: return value > 0 ? rawMax : (overflow == .satSym && signed ? -rawMax : rawMin)
            }
        }
        // value = mantissa * 2^exponent, the mantissa being a whole number of at most 53 bits.
        var mantissa = Int128(value.significand * 4_503_599_627_370_496)  // 2^52
        if value.sign == .minus { mantissa = -mantissa }
        var binaryFraction = 52 - Int(value.exponent)
        let bits = fraction
        if binaryFraction - bits < -70 {
            // Far above the range: for a wrapping type only zeros are left, for the others only the sign counts.
            if overflow == .wrap, saturationBits == 0 { return 0 }
            binaryFraction = bits - 70
        }
        // Far below the last bit: all that matters is the sign and that the rest is not zero and less than half.
        if binaryFraction - bits > 100 { binaryFraction = bits + 100 }
        return Cast<Int128>(fromFraction: binaryFraction, to: self)(mantissa)
    }

    /// The value a raw value stands for; exact where it has at most 53 significant bits.
    public func value<W: Word>(_ raw: W) -> Double { Double(raw) * step }
}
