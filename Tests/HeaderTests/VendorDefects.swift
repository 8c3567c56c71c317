/// Where the vendor's open headers (2019) leave their own documentation; found with the vectors of these tests. Such
/// vectors run on our headers only.
enum VendorDefects {
    /// Dropping more bits than the source has reads a bit that is not there; a negative fraction of a type without
    /// integer bits becomes the integer -1 instead of 0; a signed bit that must be symmetric becomes -1.
    static func conversion(_ from: NumberType, to target: NumberType) -> Bool {
        from.fractionBits - target.fractionBits > from.width || (target.isInteger && from.integerBits <= 0)
            || (target.signed && target.width == 1
                && (target.overflow == .symmetric || target.overflow == .signMagnitude))
    }

    /// A value between -1 and 0 becomes the integer 1; sign-magnitude wrapping of values far out of range is undefined.
    static func double(_ value: Double, to target: NumberType) -> Bool {
        (target.isInteger && value < 0 && value > -1) || target.overflow == .signMagnitude
    }

    /// Assigning the result converts with `conversion`.
    static func binary(_ a: NumberType, _ b: NumberType) -> Bool {
        let rule = Operands(a: a, b: b)
        if rule.bothIntegers { return false }
        return (a.isInteger && b.integerBits <= 0) || conversion(rule.sum, to: a) || conversion(rule.product, to: a)
    }

    /// Quotients, remainders and comparisons of a signed and an unsigned number follow C instead of the values, and one
    /// signed bit divided by another leaves its type.
    static func ordered(_ a: NumberType, _ b: NumberType) -> Bool {
        a.signed != b.signed || a.width == 1 || b.width == 1
    }

    /// Conversion to C integers of types without integer bits does not compile.
    static func unary(_ a: NumberType) -> Bool { a.integerBits <= 0 || a.fractionBits < 0 }
}
