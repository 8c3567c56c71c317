/// What is done with the bits that do not fit below the last fractional bit of a type.
///
/// The names are those of `ap_fixed` without the `AP_` in front.
public enum Rounding: String, Hashable, Sendable, Codable, CaseIterable {
    /// Toward minus infinity (the bits are dropped).
    case trn = "TRN"
    /// Toward zero.
    case trnZero = "TRN_ZERO"
    /// To nearest, half toward plus infinity.
    case rnd = "RND"
    /// To nearest, half toward zero.
    case rndZero = "RND_ZERO"
    /// To nearest, half toward minus infinity.
    case rndMinInf = "RND_MIN_INF"
    /// To nearest, half away from zero.
    case rndInf = "RND_INF"
    /// To nearest, half to even.
    case rndConv = "RND_CONV"
}

/// What is done with a value that lies outside the range of a type.
public enum Overflow: String, Hashable, Sendable, Codable, CaseIterable {
    /// The high bits are dropped.
    case wrap = "WRAP"
    /// The nearest value in range.
    case sat = "SAT"
    /// Zero.
    case satZero = "SAT_ZERO"
    /// As `sat`, but the most negative value is minus the most positive one.
    case satSym = "SAT_SYM"
}

/// A fixed-point type: `width` bits, of which `integer` stand before the binary point (sign bit included).
///
/// `integer` may be negative or larger than `width`. A raw value `r` stands for `r * 2^(integer - width)`.
public struct FixedType: Hashable, Sendable {
    public var width: Int
    public var integer: Int
    public var signed: Bool
    public var rounding: Rounding
    public var overflow: Overflow
    /// `N` of `ap_fixed<W,I,Q,O,N>`: how many of the highest bits saturate when `overflow` is `wrap`.
    public var saturationBits: Int
    /// Whether the type was written `int<W>` or `uint<W>`: a fixed-point value assigned to such a type is truncated
    /// toward zero, whatever `rounding` says.
    public var isInteger: Bool

    public static let widthLimit = 1024

    public init(
        width: Int, integer: Int, signed: Bool = true, rounding: Rounding = .trn, overflow: Overflow = .wrap,
        saturationBits: Int = 0, isInteger: Bool = false
    ) {
        self.width = width
        self.integer = integer
        self.signed = signed
        self.rounding = rounding
        self.overflow = overflow
        self.saturationBits = saturationBits
        self.isInteger = isInteger
    }

    public static func fixed(_ width: Int, _ integer: Int, _ q: Rounding = .trn, _ o: Overflow = .wrap) -> FixedType {
        FixedType(width: width, integer: integer, rounding: q, overflow: o)
    }

    public static func ufixed(_ width: Int, _ integer: Int, _ q: Rounding = .trn, _ o: Overflow = .wrap) -> FixedType {
        FixedType(width: width, integer: integer, signed: false, rounding: q, overflow: o)
    }

    public static func int(_ width: Int, signed: Bool = true) -> FixedType {
        FixedType(width: width, integer: width, signed: signed, isInteger: true)
    }

    /// Bits behind the binary point.
    public var fraction: Int { width - integer }

    /// The same bits and the same point, without modes: for what is a value of the type and never cast to it.
    public var plain: FixedType { FixedType(width: width, integer: integer, signed: signed, isInteger: isInteger) }
}

extension FixedType: CustomStringConvertible {
    /// The type as it is written in a project file: `fixed<16,6>`, `ufixed<9,4,RND,SAT>`, `uint<1>`. Modes are left
    /// out where they are the defaults (TRN, WRAP).
    public var description: String {
        let u = signed ? "" : "u"
        if isInteger { return "\(u)int<\(width)>" }
        var arguments = "\(width),\(integer)"
        if rounding != .trn || overflow != .wrap || saturationBits != 0 {
            arguments += ",\(rounding.rawValue),\(overflow.rawValue)"
        }
        if saturationBits != 0 { arguments += ",\(saturationBits)" }
        return "\(u)fixed<\(arguments)>"
    }
}
