public import FixedPoint

/// Types that fit values.
extension FixedType {
    /// The narrowest type with `fraction` fractional bits that holds all values from `low` to `high`.
    public static func covering(_ low: Double, _ high: Double, fraction: Int) -> FixedType {
        let signed = low < 0
        var integer = -fraction + 1 + (signed ? 1 : 0)
        while true {
            let type = FixedType(width: integer + fraction, integer: integer, signed: signed)
            if type.minimum <= low && type.maximum >= high || type.width >= FixedType.widthLimit { return type }
            integer += 1
        }
    }

    /// The narrowest type that holds each of the values exactly, up to 62 bits; beyond, the last places are rounded.
    public static func holding(_ values: [Double]) -> FixedType {
        let numbers = values.filter { $0 != 0 && $0.isFinite }
        guard let top = numbers.map({ Int($0.exponent) }).max() else { return .fixed(1, 1) }
        let fraction = numbers.map { $0.significandWidth - Int($0.exponent) }.max() ?? 0
        let integer = top + 2
        let width = max(1, min(62, integer + fraction))
        return FixedType(width: width, integer: integer, rounding: .rnd, overflow: .sat)
    }

    /// The narrowest type of a grid on which all of the values lie; nil where that takes more than `width` bits, or where
    /// there is nothing but zeros.
    public static func grid(of values: [Double], width: Int) -> FixedType? {
        var low = 0.0, high = 0.0
        var top = Int.min, fraction = Int.min
        // Weights of single precision leave any grid after a few.
        for value in values where value != 0 {
            guard value.isFinite else { return nil }
            let exponent = Int(value.exponent)
            top = max(top, exponent)
            fraction = max(fraction, value.significandWidth - exponent)
            guard top + fraction < width else { return nil }
            low = min(low, value)
            high = max(high, value)
        }
        guard top > .min else { return nil }
        let type = FixedType.covering(low, high, fraction: fraction)
        return type.width <= width ? type : nil
    }

    /// 16 bits, or as many as are wanted, rounded to nearest, as many behind the point as the largest of the values leaves.
    static func fittingWeights(_ values: [Double], width: Int = 16) -> FixedType {
        let low = values.min() ?? 0, high = values.max() ?? 0
        let largest = max(-low, high)
        guard largest > 0, largest.isFinite else { return .fixed(16, 6) }
        var type = FixedType(width: width, integer: Int(largest.exponent) + 2, rounding: .rnd, overflow: .sat)
        // A value just below a power of two may round up to it.
        if high > type.maximum { type.integer += 1 }
        return type
    }

    /// The smallest type that holds the value, of at most `width` bits and a sign: what does not fit behind the point is
    /// cut off. As hls4ml chooses the type of an activation's constant (with 8 bits).
    public static func smallest(holding value: Double, width limit: Int) -> FixedType {
        if value == 0 || !value.isFinite { return FixedType(width: 1, integer: 1, signed: false) }
        let signed = value < 0
        let magnitude = abs(value)
        // Bits in front of the point: 2^integer must exceed a positive value and may equal a negative one's magnitude.
        let power = magnitude.significand == 1
        let integer = Int(magnitude.exponent) + (signed && power ? 0 : 1)
        let fraction = magnitude.significandWidth - Int(magnitude.exponent)
        let width = min(integer + fraction, limit) + (signed ? 1 : 0)
        return FixedType(width: max(1, width), integer: integer + (signed ? 1 : 0), signed: signed)
    }
}

extension FixedType {
    /// The narrowest type that holds all values of both, with bits to spare before the point; it truncates and wraps.
    /// - Parameter signed: whether it has a sign even where neither has.
    public static func union(
        _ a: FixedType, _ b: FixedType, signed: Bool = false, growth: Int = 0
    ) -> FixedType {
        let signed = signed || a.signed || b.signed
        func whole(_ type: FixedType) -> Int { type.integer + (signed && !type.signed ? 1 : 0) }
        let integer = max(whole(a), whole(b)) + growth
        return FixedType(width: integer + max(a.fraction, b.fraction), integer: integer, signed: signed)
    }
}
