public import FixedPoint
public import LayerKit
public import Options

/// `clip(slope x + shift, 0, 1)`.
public struct HardSigmoid: ModelLayer {
    public var slope: Float
    public var shift: Float

    public init(slope: Float = 0.2, shift: Float = 0.5) {
        self.slope = slope
        self.shift = shift
    }

    public static var imports: [ImportRule] { [ImportRule(.keras, "activations.hard_sigmoid", is: HardSigmoid())] }

    public var typeName: String { "HardActivation" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }

    public func outputShape(of inputs: [Shape]) throws(LayerError) -> Shape { inputs.first ?? [] }

    public func evaluateFloat(_ inputs: [[Double]], _ shapes: [Shape]) -> [Double] {
        inputs[0].map { min(1, max(0, Double(slope) * $0 + Double(shift))) }
    }

    func lower(_ site: LoweringSite) -> Lowered<Operation> {
        let input = site.inputs[0]
        var result = FixedType.ufixed(min(18, input.type.fraction + 17), 1)
        result.rounding = .rnd
        let operation = HardSigmoidOperation(
            resultType: site.result(inferred: result), slope: Constant(Double(slope), as: .ufixed(16, 0)),
            shift: Constant(Double(shift), as: .ufixed(2, 0)))
        let ranges = Ranges(low: input.ranges.low.map { _ in 0 }, high: input.ranges.high.map { _ in 1 })
        return Lowered(.hardSigmoid(operation), ranges: ranges.cast(to: operation.resultType))
    }
}

/// `y = result(clip(slope * x + shift, 0, 1))`, the product and the sum being exact.
public struct HardSigmoidOperation: DesignOperation {
    public var resultType: FixedType
    public var slope: Constant
    public var shift: Constant

    /// Exact type of `slope * x + shift`.
    public func exactType(_ input: FixedType) -> FixedType {
        let fraction = max(input.fraction + slope.type.fraction, shift.type.fraction)
        let integer = max(input.integer + slope.type.integer, shift.type.integer, 1) + 2
        return FixedType(width: integer + fraction, integer: integer)
    }

    public func wordBits(inputs: [FixedType]) -> Int { exactType(inputs[0]).bitsToCast(to: resultType) }

    public func kernel<W: Word>(inputs: [FixedType], shapes: [Shape]) -> Kernel<W> {
        let count = shapes[0].elementCount
        let product = inputs[0].fraction + slope.type.fraction
        let fraction = max(product, shift.type.fraction, 0)
        let lift = W(fraction - product)
        let factor = W(slope.raw), offset = W(shift.raw) << W(fraction - shift.type.fraction)
        let one = W(1) << W(fraction)
        let cast = Cast<W>(fromFraction: fraction, to: resultType)
        return { inputs, output in
            let input = inputs[0]
            for index in 0..<count {
                output[index] = cast(max(0, min(one, (input[index] &* factor) << lift &+ offset)))
            }
        }
    }
}
