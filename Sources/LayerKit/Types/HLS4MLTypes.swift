public import FixedPoint
public import Options

/// The rules of `compat: hls4ml`, those of hls4ml 1.3.0: what is not stated has the model's default type, and `auto`
/// follows from the types that come in, whatever the values are.
public struct HLS4MLTypes: TypeRules {
    public let project: StatedTypes

    /// Whether sums of products have types that are inferred.
    private var infers = true

    public init(_ project: StatedTypes) { self.project = project }

    public var withoutInference: any TypeRules {
        var rules = self
        rules.infers = false
        return rules
    }

    public func stated(_ role: PrecisionRole) -> FixedType? {
        switch project.choice(role) {
        case .type(let type): type
        case .auto: nil
        case nil: project.modelDefault
        }
    }

    public func trained(_ values: [Double], _ role: PrecisionRole) -> FixedType {
        stated(role) ?? project.quantized(role) ?? project.modelDefault
    }

    /// hls4ml writes its weights as decimal text, and the compiler of the firmware reads it.
    public var weightSource: WeightQuantizer.Source { .text }

    /// Distributed arithmetic takes trained numbers as they are: it does not look at the types of weights and biases.
    public func quantized(_ tensor: Tensor, _ role: PrecisionRole, _ strategy: Strategy) -> QuantizedTensor {
        if strategy == .distributedArithmetic {
            return WeightQuantizer.quantize(tensor, as: .holding(tensor.doubles), from: .value)
        }
        let type = trained(tensor.doubles, role)
        if type.isBit, role == .weight, tensor.doubles.allSatisfy({ abs($0) == 1 }) {
            return quantized(tensor, as: .int(2))
        }
        return quantized(tensor, as: type)
    }

    public func accumulator(_ sum: ProductSum) -> FixedType { stated(.accum) ?? inferred(sum) }

    public func accumulator(inferred: FixedType) -> FixedType { stated(.accum) ?? project.modelDefault }

    public func result(_ sum: ProductSum, fraction: Int) -> FixedType { stated(.result) ?? inferred(sum) }

    public func result(exact ranges: Ranges, fraction: Int, byTypes: FixedType) -> FixedType {
        stated(.result) ?? byTypes
    }

    public func moved() -> FixedType? { stated(.result) }

    public func result(inferred: FixedType) -> FixedType { stated(.result) ?? project.modelDefault }

    /// The inferred type of a sum of products, accumulator and result alike, `hls4ml-features` 2.4.
    private func inferred(_ sum: ProductSum) -> FixedType {
        guard infers else { return project.modelDefault }
        // One bit that stands for 1 or -1: of such weights it infers nothing.
        if sum.weight.isBit { return project.modelDefault }
        let growth = sum.terms <= 1 ? 0 : Int.bitWidth - (sum.terms - 1).leadingZeroBitCount
        let grown = sum.weight.integer + sum.input.integer + growth
        let fraction = sum.weight.width + sum.input.width + growth - grown
        let signed = sum.weight.signed || sum.input.signed
        let biasSigned = sum.bias.signed
        var integer =
            max(grown + (biasSigned && !signed ? 1 : 0), sum.bias.integer + (signed && !biasSigned ? 1 : 0)) + 1
        var width = integer + max(fraction, sum.bias.fraction)
        if let maximum = project.maximum {
            width = min(width, maximum.width)
            integer = min(integer, maximum.integer)
        }
        return FixedType(width: width, integer: integer, signed: signed || biasSigned)
    }

    public func table(low: Double, high: Double) -> FixedType { stated(exactly: .table) ?? .fixed(18, 8) }

    /// What is stated describes hls4ml's own tables, which these replace.
    public func ownTable(_ role: PrecisionRole, inferred: FixedType) -> FixedType { inferred }

    public func constant(_ value: Double) -> FixedType { stated(.param) ?? .smallest(holding: value, width: 8) }

    public func threshold(_ value: Double, input: FixedType) -> FixedType { stated(.param) ?? input }

    public func slopes(_ tensor: Tensor, input: FixedType) -> QuantizedTensor {
        quantized(tensor, as: stated(.param) ?? input)
    }

    /// The streaming kernel holds the factor in the type of its input.
    public func gain(input: FixedType, io: IOType) -> FixedType {
        switch io {
        case .stream: input
        case .parallel: .ufixed(16, 1)
        }
    }
}

extension FixedType {
    /// Whether it is `uint<1>`, which in hls4ml's projects stands for the two values of a sign.
    fileprivate var isBit: Bool { isInteger && width == 1 && !signed }
}
