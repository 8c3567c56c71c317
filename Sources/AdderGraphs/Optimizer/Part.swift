/// A part of a sum: a multiple `2^shift` of an input, or of an intermediate result that several sums share.
struct Term: Hashable {
    var part: Int
    var shift: Int
    var negative: Bool
}

/// An input or an intermediate result, as a sum of multiples of the inputs.
struct Part {
    var multiples: Multiples
    var interval: IntegerInterval
    /// The fewest adders between an input and this.
    var depth: Int
    /// Linear in the multiples, modulo `2^64`: equal parts are found by it.
    var hash: UInt64
}

extension Part {
    /// The input with this number.
    init(input: Int, _ interval: IntegerInterval) {
        multiples = Multiples(input: input)
        self.interval = interval
        depth = 0
        hash = Mixing.mixed(UInt64(input) + 1) | 1
    }
}

/// Numbers that look random and are the same in every run.
enum Mixing {
    /// The finalizer of SplitMix64 (S. Vigna), a bijection.
    static func mixed(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
