public import FixedPoint
public import Options

/// The rules of `compat: native`: types follow from the values. A sum never overflows and is never rounded before its
/// result is, and a result keeps what the next layer can use.
public struct NativeTypes: TypeRules {
    public let project: StatedTypes

    public init(_ project: StatedTypes) { self.project = project }

    /// Wider results cost multipliers in the next layer and add nothing a network of floats was trained to use.
    public static let resultWidth = 24

    public func stated(_ role: PrecisionRole) -> FixedType? {
        if case .type(let type)? = project.choice(role) { return type }
        return nil
    }

    public func trained(_ values: [Double], _ role: PrecisionRole) -> FixedType {
        stated(role) ?? .fittingWeights(values)
    }

    public var weightSource: WeightQuantizer.Source { .value }

    public func quantized(_ tensor: Tensor, _ role: PrecisionRole, _ strategy: Strategy) -> QuantizedTensor {
        quantized(tensor, as: trained(tensor.doubles, role))
    }

    /// A default does not count: it is meant for values that flow, and would make sums overflow.
    public func accumulator(_ sum: ProductSum) -> FixedType { stated(exactly: .accum) ?? sum.exactAccumulator }

    public func accumulator(inferred: FixedType) -> FixedType { stated(exactly: .accum) ?? inferred }

    public func result(_ sum: ProductSum, fraction: Int) -> FixedType {
        stated(.result) ?? Self.covering(sum.ranges.final, fraction: fraction)
    }

    public func result(exact ranges: Ranges, fraction: Int, byTypes: FixedType) -> FixedType {
        stated(.result) ?? Self.covering(ranges, fraction: fraction)
    }

    /// What a value can reach in front of the point; behind it what is exact, but no more than leaves `resultWidth`
    /// bits in all.
    private static func covering(_ ranges: Ranges, fraction: Int) -> FixedType {
        let (low, high) = ranges.span
        let exact = FixedType.covering(low, high, fraction: fraction)
        if exact.width <= resultWidth { return exact }
        let kept = resultWidth - exact.integer
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
