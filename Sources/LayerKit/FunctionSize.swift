internal import Basics
public import Estimates

/// What a tool must take at once of the function that an operation becomes, and how the operation's outputs may be
/// divided over several functions where one would be too large.
public struct FunctionSize: Hashable, Sendable {
    /// Groups of outputs of which any number may be computed by a function of their own.
    public var units: Int
    /// Products that each unit adds to a function.
    public var products: Int
    /// Bits that each unit adds to a word of weights; 0: the weights lie in no memory.
    public var wordBits: Int
    /// Inputs that a function for streams collects in registers before it computes; 0: none.
    public var collected: Int

    public init(units: Int, products: Int, wordBits: Int = 0, collected: Int = 0) {
        self.units = units
        self.products = products
        self.wordBits = wordBits
        self.collected = collected
    }

    /// The fewest functions that divide the units so that each stays within the limits; nil: a single unit is beyond.
    public func functions(within limits: ToolLimits) -> Int? {
        var most = units
        if limits.refusesProducts, products > 0 { most = min(most, limits.products / products) }
        if wordBits > 0 { most = min(most, limits.wordBits / wordBits) }
        return most > 0 ? Count.ratio(units, most) : nil
    }

    /// The units of each of so many functions, as evenly as can be.
    public func shares(_ functions: Int) -> [Range<Int>] {
        (0..<functions).map { units * $0 / functions..<units * ($0 + 1) / functions }
    }
}
