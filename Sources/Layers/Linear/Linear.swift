public import Basics
import FixedPoint
public import LayerKit
public import Options

/// The identity, which a user may give a type of its own: a cast.
public struct Linear: ModelLayer {
    public init() {}

    public static let key = "linear"
    public static var operations: [any DesignOperation.Type] { [CastOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "Activation", activation: .serves, read: fromKerasActivation),
            ImportRule(.keras, "activations.linear", is: Linear()),
        ]
    }

    public var typeName: String { "Activation" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] { [inputs.first ?? []] }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel { FloatKernel { $0 } }

    public func absorbing(_ affine: Affine) -> Linear? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let result = site.rules.result(inferred: site.inputs[0].type)
        return Lowered(CastOperation(result), site, ranges: site.inputs[0].ranges.cast(to: result))
    }
}
