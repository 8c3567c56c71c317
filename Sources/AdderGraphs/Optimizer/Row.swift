/// One sum that is wanted: an output, or an intermediate result that others use.
struct Row {
    var terms: [Term]
    /// The intermediate result that it defines; nil for an output.
    var part: Int?
    /// The most adders between an input and the sum.
    var bound: Int
    /// What is added beyond the terms.
    var constant: Int64 = 0

    /// Bits of carry chain of the best tree that was found; nil where the terms have changed since.
    var bits: Int?

    /// Whether all is taken off, so that it has to be taken off something: the constant 0.
    var isNegative: Bool { constant == 0 && !terms.isEmpty && terms.allSatisfy(\.negative) }

    /// A tree of adders can sum terms of depths d within the bound b where the sum of all `2^d` is at most `2^b` (L. G.
    /// Kraft's inequality).
    var room: Int { 1 << bound }

    /// Two terms of an intermediate result are its definition, no place for another one.
    var isOpen: Bool { part == nil ? terms.count >= 2 : terms.count > 2 }
}

/// The depths that a tree can have.
enum TreeDepth {
    /// No tree is deeper than this: twice as many terms as fit in any memory.
    static let limit = 48

    /// The fewest levels for leaves at these depths.
    static func fewest(_ load: Int) -> Int {
        load <= 1 ? 0 : Int.bitWidth - (load - 1).leadingZeroBitCount
    }
}
