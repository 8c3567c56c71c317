internal import Basics
public import FixedPoint

/// What one product costs.
public enum Multiplier {
    /// Sums of the two widths below this stay in logic. Seen in reports: blocks at 12 + 7, 16 + 6 and above, logic at
    /// 10 + 7 and 9 + 9.
    public static let narrowest = 19

    /// Constants of fewer digits are shifts or one addition, whatever their width.
    public static let fewestDigits = 3

    /// Non-zero digits of a constant's canonical signed-digit form: how many shifted copies of a number its product
    /// is the sum of. `x XOR 3x` has a one for each of them.
    public static func digits(_ constant: Int64) -> Int {
        let magnitude = UInt64(constant.magnitude)
        let (triple, overflow) = magnitude.multipliedReportingOverflow(by: 3)
        // Beyond a third of the range no weight of 62 bits comes.
        return overflow ? 64 : (magnitude ^ triple).nonzeroBitCount
    }

    /// Bits of a constant in two's complement, the sign included.
    public static func bits(_ constant: Int64) -> Int {
        constant < 0 ? 65 - (~constant).leadingZeroBitCount : 65 - constant.leadingZeroBitCount
    }

    /// Bits that a type has as a side of a multiplier, which is signed.
    public static func side(_ type: FixedType) -> Int { type.width + (type.signed ? 0 : 1) }

    /// Whether the product of a variable with a constant takes a multiplier block: a shift or one addition never does.
    public static func needsBlock(_ constant: Int64, dataBits: Int) -> Bool {
        digits(constant) >= fewestDigits && dataBits + bits(constant) >= narrowest
    }

    /// The product of a variable of `dataBits` bits with a constant.
    public static func product(_ constant: Int64, dataBits: Int, _ target: Target) -> Estimate {
        let digits = digits(constant)
        guard digits > 1 else { return Estimate() }
        if needsBlock(constant, dataBits: dataBits) { return Estimate(dsp: 1) }
        return Estimate(lut: Count.times(digits - 1, adder(dataBits + bits(constant), target.tool)))
    }

    /// Blocks of the product of two variables.
    public static func blocks(_ a: Int, _ b: Int, _ family: Target.Family) -> Int {
        guard a + b >= narrowest else { return 0 }
        let (wide, narrow) = family.multiplier
        // Parts of a wide word are unsigned, and lose the bit of the sign.
        func tiles(_ x: Int, _ side: Int) -> Int { x <= side ? 1 : Count.ratio(x - 1, side - 1) }
        return min(
            Count.times(tiles(a, wide), tiles(b, narrow)), Count.times(tiles(a, narrow), tiles(b, wide)))
    }

    /// Blocks of `count` products of two variables that work at once. Four-block products, as reports show them,
    /// share two.
    public static func blocks(_ a: Int, _ b: Int, count: Int, _ family: Target.Family) -> Int {
        let one = blocks(a, b, family)
        return one == 4 ? max(0, Count.times(4, count) - 2) : Count.times(one, count)
    }

    /// LUTs of an addition of `bits` bits as C synthesis reports it.
    public static func adder(_ bits: Int, _ tool: Target.Tool) -> Int {
        switch tool {
        case .vivado: bits + 7
        case .vitis: bits + 10
        }
    }
}
