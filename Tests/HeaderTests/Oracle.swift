/// How bits below the last place are dropped; raw values are the C++ names.
enum Rounding: String, CaseIterable {
    case toMinusInfinity = "AP_TRN"
    case towardZero = "AP_TRN_ZERO"
    case halfUp = "AP_RND"
    case halfTowardZero = "AP_RND_ZERO"
    case halfDown = "AP_RND_MIN_INF"
    case halfAway = "AP_RND_INF"
    case halfEven = "AP_RND_CONV"
}

/// What becomes of values out of range; raw values are the C++ names.
enum Overflow: String, CaseIterable {
    case wrap = "AP_WRAP"
    case saturate = "AP_SAT"
    case zero = "AP_SAT_ZERO"
    case symmetric = "AP_SAT_SYM"
    case signMagnitude = "AP_WRAP_SM"
}

/// A fixed-point or integer type of the headers.
struct NumberType {
    var isInteger = false
    var width: Int
    var integerBits: Int
    var signed: Bool
    var rounding = Rounding.toMinusInfinity
    var overflow = Overflow.wrap
    var saturatedBits = 0

    static func integer(_ width: Int, signed: Bool) -> NumberType {
        NumberType(isInteger: true, width: width, integerBits: width, signed: signed)
    }

    var fractionBits: Int { width - integerBits }
    var minimum: BigInt { signed ? -BigInt.power(width - 1) : BigInt(0) }
    var maximum: BigInt { BigInt.power(signed ? width - 1 : width) - BigInt(1) }

    /// The type as C++ spells it.
    var spelling: String {
        if isInteger { return "ap_\(signed ? "" : "u")int<\(width)>" }
        let modes = "\(rounding.rawValue), \(overflow.rawValue), \(saturatedBits)"
        return "ap_\(signed ? "" : "u")fixed<\(width), \(integerBits), \(modes)>"
    }

    /// The value that the low `width` bits of `raw` stand for.
    func reinterpret(_ raw: BigInt) -> BigInt {
        let low = raw.modulo(powerOfTwo: width)
        return signed && low >= BigInt.power(width - 1) ? low - BigInt.power(width) : low
    }

    /// numerator / 2^exponent converted to this type: its raw integer.
    func convert(_ numerator: BigInt, exponent: Int) -> BigInt {
        fit(round(numerator, dropping: exponent - fractionBits))
    }

    private func round(_ value: BigInt, dropping bits: Int) -> BigInt {
        guard bits > 0 else { return value * BigInt.power(-bits) }
        let floor = value.floorShifted(right: bits)
        // Twice the remainder against one: below, at or above the half.
        let twice = (value - floor * BigInt.power(bits)) * BigInt(2)
        let unit = BigInt.power(bits)
        if twice.isZero { return floor }
        let up: Bool
        switch rounding {
        case .toMinusInfinity: up = false
        case .towardZero: up = value.isNegative
        case .halfUp: up = twice >= unit
        case .halfTowardZero: up = value.isNegative ? twice >= unit : twice > unit
        case .halfDown: up = twice > unit
        case .halfAway: up = value.isNegative ? twice > unit : twice >= unit
        case .halfEven: up = twice > unit || (twice == unit && floor.isOdd)
        }
        return up ? floor + BigInt(1) : floor
    }

    private func fit(_ value: BigInt) -> BigInt {
        let inside = value >= minimum && value <= maximum
        switch overflow {
        case .saturate: return inside ? value : value < minimum ? minimum : maximum
        case .zero: return inside ? value : BigInt(0)
        case .symmetric:
            let floor = signed ? -maximum : BigInt(0)
            return value < floor ? floor : value > maximum ? maximum : value
        case .wrap, .signMagnitude:
            if inside || (overflow == .wrap && saturatedBits == 0) { return reinterpret(value) }
            return saturatedBits == 0 ? signMagnitude(value) : upperSaturated(value)
        }
    }

    /// The sign is the lowest bit lost; where it differs from the bit that would have been the sign, all bits turn.
    private func signMagnitude(_ value: BigInt) -> BigInt {
        let kept = reinterpret(value)
        guard signed else { return kept }
        let lost = value.floorShifted(right: width).isOdd
        return lost == kept.isNegative ? kept : -kept - BigInt(1)
    }

    /// The upper `saturatedBits` bits go to their limit on the side of the value (all ones without a sign), the others
    /// are kept.
    private func upperSaturated(_ value: BigInt) -> BigInt {
        let free = max(width - saturatedBits, 0)
        var low = value.modulo(powerOfTwo: free)
        if !signed { return BigInt.power(width) - BigInt.power(free) + low }
        // Sign-magnitude: the kept bits turn where the bit above them changes.
        let above = saturatedBits == 1 ? value.isNegative : !value.isNegative
        if overflow == .signMagnitude && value.floorShifted(right: free).isOdd != above {
            low = BigInt.power(free) - BigInt(1) - low
        }
        return value.isNegative ? minimum + low : BigInt.power(width - 1) - BigInt.power(free) + low
    }
}

/// sign * mantissa / 2^exponent of a finite double.
func fraction(of value: Double) -> (numerator: BigInt, exponent: Int) {
    guard value != 0 else { return (BigInt(0), 0) }
    var mantissa = value.magnitude
    var exponent = 0
    mantissa = value.significand * 4_503_599_627_370_496  // 2^52: an integer below 2^53
    exponent = 52 - Int(value.exponent)
    let numerator = BigInt(value < 0 ? -Int(mantissa) : Int(mantissa))
    return exponent >= 0 ? (numerator, exponent) : (numerator * BigInt.power(-exponent), 0)
}
