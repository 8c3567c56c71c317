public import FixedPoint
public import Options

/// How the types of a layer follow from what its project states and from what is known of its values.
///
/// Two rules conform: `NativeTypes`, by what the values need, and `HLS4MLTypes`, by what hls4ml 1.3.0 does. A layer asks
/// the rules of its `LoweringSite` and does not look at `compat` itself, except where its mathematics differ.
public protocol TypeRules: Sendable {
    /// What the project file says.
    var project: StatedTypes { get }

    /// The type stated for a role, defaults included as far as they count; nil where it is to be inferred.
    func stated(_ role: PrecisionRole) -> FixedType?

    /// The type of trained numbers: weights, biases, scales.
    func trained(_ values: [Double], _ role: PrecisionRole) -> FixedType
    /// Numbers that passes made in double precision, for products that no quantiser rounds afterwards.
    func quantized(fine tensor: Tensor, _ role: PrecisionRole) -> QuantizedTensor
    /// What of a trained number is quantised.
    var weightSource: WeightQuantizer.Source { get }
    /// Trained numbers as the firmware holds them under a strategy.
    func quantized(_ tensor: Tensor, _ role: PrecisionRole, _ strategy: Strategy) -> QuantizedTensor

    /// The accumulator of a sum of products.
    func accumulator(_ sum: ProductSum) -> FixedType
    /// The accumulator of a sum that is not one of products: `inferred` is the type that suits it.
    func accumulator(inferred: FixedType) -> FixedType

    /// The result of a sum of products.
    /// - Parameter fraction: the bits behind the point of what holds the sum before it is cast.
    func result(_ sum: ProductSum, fraction: Int) -> FixedType
    /// The result of exact arithmetic on tensors, such as their sum.
    /// - Parameters:
    ///   - ranges: bounds of the exact result.
    ///   - fraction: the bits behind the point with which it is exact.
    ///   - byTypes: the type that follows from those of the operands alone.
    func result(exact ranges: Ranges, fraction: Int, byTypes: FixedType) -> FixedType
    /// What elements that are only moved are cast to; nil: they stay what they are.
    func moved() -> FixedType?
    /// The rules for a sum of products whose types hls4ml does not infer: what is not stated has its default.
    var withoutInference: any TypeRules { get }
    /// The result of an activation: `inferred` is the type that suits its values.
    func result(inferred: FixedType) -> FixedType

    /// The entries of a table of values from `low` to `high`.
    func table(low: Double, high: Double) -> FixedType
    /// A table, or an intermediate beside it, of a method that hls4ml does not have.
    func ownTable(_ role: PrecisionRole, inferred: FixedType) -> FixedType

    /// A single constant of an activation, such as a slope, which may be rounded.
    func constant(_ value: Double) -> FixedType
    /// A threshold that hls4ml casts before it compares with it.
    func threshold(_ value: Double, input: FixedType) -> FixedType
    /// One slope for each element of the input, as the firmware holds them.
    func slopes(_ tensor: Tensor, input: FixedType) -> QuantizedTensor
    /// SELU's factor of what passes, a number between 1 and 2.
    func gain(input: FixedType, io: IOType) -> FixedType
}

extension TypeRules {
    public func quantized(fine tensor: Tensor, _ role: PrecisionRole) -> QuantizedTensor { quantized(tensor, role) }

    /// The type stated for a role by its own name; nil where only a default covers it, or it is to be inferred.
    public func stated(exactly role: PrecisionRole) -> FixedType? { project.exactly(role) }

    /// Trained numbers as the firmware holds them where no strategy has a word in it.
    public func quantized(_ tensor: Tensor, _ role: PrecisionRole) -> QuantizedTensor {
        quantized(tensor, role, .latency)
    }

    /// Trained numbers in a type.
    func quantized(_ tensor: Tensor, as type: FixedType) -> QuantizedTensor {
        WeightQuantizer.quantize(tensor, as: type, from: weightSource)
    }

    /// A constant that is compared with: the stated type, or one that holds a number of single precision exactly.
    public func exactConstant(_ value: Double) -> FixedType {
        stated(exactly: .param) ?? .smallest(holding: value, width: 60)
    }
}
