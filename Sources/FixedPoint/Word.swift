/// A machine word in which raw fixed-point values are computed: wide enough that no intermediate of an operation is
/// lost, which `FixedType.bitsToCast` and the operations' own plans make sure of before anything runs.
public protocol Word: FixedWidthInteger & SignedInteger & Sendable {}

extension Int64: Word {}
extension Int128: Word {}

extension FixedType {
    /// The largest raw value.
    public var rawMax: Int128 { width - (signed ? 1 : 0) >= 127 ? .max : (1 << (width - (signed ? 1 : 0))) - 1 }

    /// The smallest raw value a value of this type can hold (without the restriction of `SAT_SYM`).
    public var rawMin: Int128 { signed ? (width > 127 ? .min : -(1 << (width - 1))) : 0 }

    /// The value of one unit of the last place.
    public var step: Double { exp2(-fraction) }

    /// The largest value.
    public var maximum: Double { Double(rawMax) * step }

    /// The smallest value.
    public var minimum: Double { Double(rawMin) * step }

    private func exp2(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

    /// Bits of a signed word in which a value of this type can be cast to `other` without losing anything: both binary
    /// points aligned, one bit for rounding up, one for the sign.
    public func bitsToCast(to other: FixedType) -> Int {
        max(integer, other.integer) + max(fraction, other.fraction) + 2
    }

    /// Whether every value of this type is also a value of `other`.
    public func fits(in other: FixedType) -> Bool {
        guard fraction <= other.fraction, other.signed || !signed else { return false }
        let symmetric = other.overflow == .satSym && other.signed
        let own = integer + (other.signed && !signed ? 1 : 0)
        return symmetric && signed ? own < other.integer || own == other.integer && !signed : own <= other.integer
    }
}

/// The cast of a raw value with a known binary point to a type, prepared once: rounding by the type's mode, then its
/// overflow treatment, as `ap_fixed` assignment does.
@frozen public struct Cast<W: Word>: Sendable {
    @usableFromInline let drop: Int  // fractional bits to drop; negative: to append
    @usableFromInline let rounding: Rounding
    @usableFromInline let overflow: Overflow
    @usableFromInline let low: W
    @usableFromInline let high: W
    @usableFromInline let width: Int
    @usableFromInline let signed: Bool
    @usableFromInline let saturationBits: Int

    /// `fraction`: bits behind the binary point of the values that will be cast.
    public init(fromFraction fraction: Int, to type: FixedType) {
        drop = fraction - type.fraction
        // A fixed-point value assigned to an integer type is truncated toward zero, whatever its mode.
        rounding = type.isInteger ? .trnZero : type.rounding
        overflow = type.overflow
        let top = W(clamping: type.rawMax)
        high = top
        low = type.signed ? (type.overflow == .satSym ? -top : W(clamping: type.rawMin)) : 0
        width = type.width
        signed = type.signed
        saturationBits = type.saturationBits
    }

    /// The raw value of `value` in the type cast to.
    @inlinable @inline(__always)
    public func callAsFunction(_ value: W) -> W { bounded(rounded(value)) }

    /// Drops (or appends) fractional bits.
    @inlinable @inline(__always)
    func rounded(_ value: W) -> W {
        if drop == 0 { return value }
        if drop < 0 { return value << W(-drop) }
        if drop >= W.bitWidth - 1 { return roundedAway(value) }
        let floor = value >> W(drop)
        if rounding == .trn { return floor }
        let rest = value & ((W(1) << W(drop)) &- 1)
        if rest == 0 { return floor }
        let half = W(1) << W(drop - 1)
        let up: Bool
        switch rounding {
        case .trn: up = false
        case .trnZero: up = value < 0
        case .rnd: up = rest >= half
        case .rndZero: up = rest > half || rest == half && value < 0
        case .rndMinInf: up = rest > half
        case .rndInf: up = rest > half || rest == half && value > 0
        case .rndConv: up = rest > half || rest == half && floor & 1 != 0
        }
        return up ? floor &+ 1 : floor
    }

    /// Every bit is dropped: what is left is 0 or -1, and never half a unit or more but for modes that floor.
    @usableFromInline
    func roundedAway(_ value: W) -> W {
        switch rounding {
        case .trn: return value < 0 ? -1 : 0
        case .trnZero, .rnd, .rndZero, .rndMinInf, .rndInf, .rndConv: return 0
        }
    }

    @inlinable @inline(__always)
    func bounded(_ value: W) -> W {
        if value >= low && value <= high { return value }
        switch overflow {
        case .wrap: return wrapped(value)
        case .sat, .satSym: return value < low ? low : high
        case .satZero: return 0
        }
    }

    /// `AP_WRAP`: keeps the low bits; with saturation bits N, the highest N bits saturate instead: the sign is kept (or
    /// for an unsigned type the N highest bits are set), and the bits below are those of the value.
    @inlinable
    func wrapped(_ value: W) -> W {
        if width >= W.bitWidth { return value }
        var bits = value & ((W(1) << W(width)) &- 1)
        if saturationBits > 0 { bits = saturating(value, bits) }
        if signed, bits >> W(width - 1) & 1 != 0 { bits = bits &- (W(1) << W(width)) }
        return bits
    }

    @usableFromInline
    func saturating(_ value: W, _ bits: W) -> W {
        let n = saturationBits
        let negative = value < 0
        if !signed {
            if negative { return 0 }
            return bits | ((W(1) << W(n)) &- 1) << W(width - n)
        }
        // The sign bit is that of the value; the next N - 1 bits are its inverse.
        let below = bits & ((W(1) << W(width - n)) &- 1)
        let ones = ((W(1) << W(n - 1)) &- 1) << W(width - n)
        return negative ? below | W(1) << W(width - 1) : below | ones
    }
}
