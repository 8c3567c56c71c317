import FixedPoint

/// A number as a fraction of whole numbers in lowest terms: slow, and never rounded.
struct Exact: Comparable {
    let numerator: Int128
    /// Above zero.
    let denominator: Int128

    init(_ numerator: Int128, over denominator: Int128 = 1) {
        var common = numerator.magnitude, rest = denominator.magnitude
        while rest != 0 { (common, rest) = (rest, common % rest) }
        let divisor = Int128(max(common, 1))
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// What a raw value of a type stands for.
    init(_ raw: Int64, of type: FixedType) {
        self = Exact(Int128(raw)) * Self.power(of2: -type.fraction)
    }

    /// The nearest double; the number itself where it has at most 53 bits.
    var value: Double { Double(numerator) / Double(denominator) }

    static func power(of2 exponent: Int) -> Exact {
        let power = (0..<abs(exponent)).reduce(Int128(1)) { power, _ in power * 2 }
        return exponent < 0 ? Exact(1, over: power) : Exact(power)
    }

    static func + (left: Exact, right: Exact) -> Exact {
        Exact(
            left.numerator * right.denominator + right.numerator * left.denominator,
            over: left.denominator * right.denominator)
    }

    static func * (left: Exact, right: Exact) -> Exact {
        Exact(left.numerator * right.numerator, over: left.denominator * right.denominator)
    }

    static prefix func - (value: Exact) -> Exact { Exact(-value.numerator, over: value.denominator) }

    static func - (left: Exact, right: Exact) -> Exact { left + -right }

    static func < (left: Exact, right: Exact) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }

    /// The largest whole number that is not above.
    var floor: Int128 {
        let quotient = numerator / denominator
        return quotient * denominator > numerator ? quotient - 1 : quotient
    }

    /// The whole number next to it on the side of zero.
    var towardZero: Int128 { numerator / denominator }

    /// The raw value of the number in a type: rounded to a whole number of last places, then brought into its range,
    /// as `ap_fixed` documents each mode. Precondition: the type has no saturation bits.
    func raw(in type: FixedType) -> Int64 {
        precondition(type.saturationBits == 0)
        let places = self * Self.power(of2: type.fraction)
        return Int64(Self.bounded(places.rounded(type.isInteger ? .trnZero : type.rounding), type))
    }

    /// The number cast to a type.
    func cast(to type: FixedType) -> Exact { Exact(raw(in: type), of: type) }

    private func rounded(_ mode: Rounding) -> Int128 {
        let below = floor
        if denominator == 1 { return below }
        let above = below + 1
        let (inward, outward) = numerator < 0 ? (above, below) : (below, above)
        let half = Exact(2 * below + 1, over: 2)
        func nearest(_ tie: Int128) -> Int128 { self < half ? below : self > half ? above : tie }
        return switch mode {
        case .trn: below
        case .trnZero: inward
        case .rnd: nearest(above)
        case .rndZero: nearest(inward)
        case .rndMinInf: nearest(below)
        case .rndInf: nearest(outward)
        case .rndConv: nearest(below % 2 == 0 ? below : above)
        }
    }

    private static func bounded(_ raw: Int128, _ type: FixedType) -> Int128 {
        let count = power(of2: type.width).numerator
        let high = type.signed ? count / 2 - 1 : count - 1
        let low = type.signed ? (type.overflow == .satSym ? -high : -count / 2) : 0
        if (low...high).contains(raw) { return raw }
        switch type.overflow {
        case .sat, .satSym: return raw < low ? low : high
        case .satZero: return 0
        case .wrap:
            let residue = ((raw % count) + count) % count
            return residue > high ? residue - count : residue
        }
    }
}
