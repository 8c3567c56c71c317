public import FixedPoint
public import Options

/// The rules of `compat: native`: types follow from the values. A sum never overflows and is never rounded before its
/// result is, and a result keeps what the next layer can use.
public struct NativeTypes: TypeRules {
    public let project: StatedTypes

    public init(_ project: StatedTypes) { self.project = project }

    /// Wider results cost multipliers in the next layer and add nothing a network of floats was trained to use.
    public static let resultWidth = 24
    /// The most bits of weights and biases that are held as they were trained.
    static let gridWidth = 24
    /// Bits of a factor, and of what it makes of whole numbers, where it is the scale of a quantised network's output.
    static let fineWidth = 32
    /// The most bits of sums that are not rounded where all that is summed is held as it was trained.
    static let exactWidth = 96

    public func stated(_ role: PrecisionRole) -> FixedType? {
        if case .type(let type)? = project.choice(role) { return type }
        return nil
    }

    /// Numbers on a grid, as quantisers leave them, have the type of that grid: numbers of single precision that were
    /// trained freely need more bits.
    public func trained(_ values: [Double], _ role: PrecisionRole) -> FixedType {
        stated(role) ?? .grid(of: values, width: Self.gridWidth) ?? .fittingWeights(values)
    }

    public var weightSource: WeightQuantizer.Source { .value }

    public func quantized(_ tensor: Tensor, _ role: PrecisionRole, _ strategy: Strategy) -> QuantizedTensor {
        quantized(tensor, as: trained(tensor.doubles, role))
    }

    /// As fine as the outputs of frameworks in single precision are, and more.
    public func quantized(fine tensor: Tensor, _ role: PrecisionRole) -> QuantizedTensor {
        let values = tensor.doubles
        let type =
            stated(exactly: role) ?? .grid(of: values, width: Self.fineWidth)
            ?? .fittingWeights(values, width: Self.fineWidth)
        return quantized(tensor, as: type)
    }

    /// A default does not count: it is meant for values that flow, and would make sums overflow.
    public func accumulator(_ sum: ProductSum) -> FixedType { stated(exactly: .accum) ?? sum.exactAccumulator }

    public func accumulator(inferred: FixedType) -> FixedType { stated(exactly: .accum) ?? inferred }

    public func result(_ sum: ProductSum, fraction: Int) -> FixedType {
        stated(.result)
            ?? Self.covering(
                sum.ranges.final, fraction: fraction,
                most: sum.isTrainedExactly ? Self.exactWidth : Self.resultWidth,
                rounded: sum.isFine ? Self.fineWidth : Self.resultWidth)
    }

    public func result(exact ranges: Ranges, fraction: Int, byTypes: FixedType) -> FixedType {
        stated(.result) ?? Self.covering(ranges, fraction: fraction)
    }

    /// What a value can reach in front of the point; behind it what is exact, up to `most` bits in all, else what leaves
    /// `rounded` bits.
    private static func covering(
        _ ranges: Ranges, fraction: Int, most: Int = resultWidth, rounded: Int = resultWidth
    ) -> FixedType {
        let (low, high) = ranges.span
        let exact = FixedType.covering(low, high, fraction: fraction)
        if exact.width <= most { return exact }
        let kept = rounded - exact.integer
        // Rounding may carry a bound to the next place.
        let step = Double(sign: .plus, exponent: -kept, significand: 1)
        var type = FixedType.covering(low - step, high + step, fraction: kept)
        type.rounding = .rnd
        return type
    }

    /// A default is meant for what is computed.
    public func moved() -> FixedType? { stated(exactly: .result) }

    public var withoutInference: any TypeRules { self }

    public func result(inferred: FixedType) -> FixedType { stated(.result) ?? inferred }

    /// 18 bits, a block RAM's width, that cover the values.
    public func table(low: Double, high: Double) -> FixedType {
        if let stated = stated(exactly: .table) { return stated }
        let whole = FixedType.covering(low, high, fraction: 0)
        return FixedType(width: 18, integer: whole.integer, signed: whole.signed, rounding: .rnd, overflow: .sat)
    }

    public func ownTable(_ role: PrecisionRole, inferred: FixedType) -> FixedType { stated(exactly: role) ?? inferred }

    public func constant(_ value: Double) -> FixedType {
        stated(exactly: .param) ?? .smallest(holding: value, width: 16)
    }

    public func threshold(_ value: Double, input: FixedType) -> FixedType { exactConstant(value) }

    public func slopes(_ tensor: Tensor, input: FixedType) -> QuantizedTensor {
        quantized(tensor, as: stated(exactly: .param) ?? .fittingWeights(tensor.doubles))
    }

    public func gain(input: FixedType, io: IOType) -> FixedType { .ufixed(16, 1) }
}
