public import FixedPoint

/// Bounds of the sums of products, per element of the output.
public struct SumRanges: Sendable {
    /// Of every partial sum, in whatever order the products are added.
    public var partial: Ranges
    /// Of the whole sum.
    public var final: Ranges

    public init(partial: Ranges, final: Ranges) {
        self.partial = partial
        self.final = final
    }
}

/// A sum of products of inputs and weights and of one bias, as the rules see it: what is added, and what it comes to.
public struct ProductSum: Sendable {
    public var input: FixedType
    public var weight: FixedType
    public var bias: FixedType
    /// How many products are added to the bias.
    public var terms: Int
    public var ranges: SumRanges
    /// Whether the firmware holds weights and bias as they were trained: then the sum is worth every bit.
    public var isTrainedExactly = false
    /// Whether whole numbers are multiplied with a scale in double precision.
    public var isFine = false

    public init(input: FixedType, weight: FixedType, bias: FixedType, terms: Int, ranges: SumRanges) {
        self.input = input
        self.weight = weight
        self.bias = bias
        self.terms = terms
        self.ranges = ranges
    }

    /// The bits behind the point with which every product and the bias are exact.
    public var fraction: Int { max(input.fraction + weight.fraction, bias.fraction) }

    /// The narrowest accumulator in which no partial sum overflows and none is rounded.
    public var exactAccumulator: FixedType {
        let (low, high) = ranges.partial.span
        return .covering(low, high, fraction: fraction)
    }
}
