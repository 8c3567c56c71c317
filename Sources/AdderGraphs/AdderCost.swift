/// What one adder takes of an FPGA that has one lookup table for every bit of a carry chain.
enum AdderCost {
    /// Bits at which a carry chain has to stand for `left + right`, or `left - right`, operands already shifted. Where
    /// only one operand of a sum has bits, below the other's lowest, they are passed on; where no bits overlap, as of a
    /// constant below a shifted number, the sum is a mere concatenation.
    static func bits(_ left: IntegerInterval, _ right: IntegerInterval, subtract: Bool, _ result: IntegerInterval)
        -> Int
    {
        bits(left, left.width, right, right.width, subtract: subtract, result.width)
    }

    /// The same where the widths are known already.
    @inline(__always)
    static func bits(
        _ left: IntegerInterval, _ leftWidth: Int, _ right: IntegerInterval, _ rightWidth: Int, subtract: Bool,
        _ resultWidth: Int
    ) -> Int {
        if !subtract {
            if !left.isSigned, right.zeros >= leftWidth { return 0 }
            if !right.isSigned, left.zeros >= rightWidth { return 0 }
        }
        // The carry out of unsigned operands needs no table of its own, a sign that is extended does.
        let top = max(leftWidth, rightWidth) + (left.isSigned || right.isSigned ? 1 : 0)
        let bottom = subtract ? right.zeros : max(left.zeros, right.zeros)
        return max(0, min(top, resultWidth) - bottom)
    }
}
