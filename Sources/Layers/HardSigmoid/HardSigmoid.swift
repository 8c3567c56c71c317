public import Basics
import FixedPoint
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

    public static let key = "hardSigmoid"
    public static var operations: [any DesignOperation.Type] { [HardSigmoidOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "activations.hard_sigmoid", is: HardSigmoid()),
            // As Keras 3 defines it: relu6(x + 3) / 6.
            ImportRule(.keras, "activations.hard_sigmoid_3", is: HardSigmoid(slope: 1 / 6, shift: 0.5)),
            ImportRule(.onnx, "HardSigmoid", read: fromONNX),
        ]
    }

    public var typeName: String { "HardActivation" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] { [inputs.first ?? []] }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        .elementwise { min(1, max(0, Double(slope) * $0 + Double(shift))) }
    }

    public func absorbing(_ affine: Affine) -> HardSigmoid? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        var result = FixedType.ufixed(max(1, min(18, input.type.fraction + 17)), 1)
        result.rounding = .rnd
        let operation = HardSigmoidOperation(
            resultType: site.rules.result(inferred: result), slope: Constant(Double(slope), as: .ufixed(16, 0)),
            shift: Constant(Double(shift), as: .ufixed(2, 0)))
        let ranges = Ranges(low: input.ranges.low.map { _ in 0 }, high: input.ranges.high.map { _ in 1 })
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType))
    }
}
