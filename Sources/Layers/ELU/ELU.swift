internal import Glibc
public import LayerKit
public import Options

/// ELU, `x` or `alpha (e^x - 1)`, and SELU, `lambda x` or `lambda alpha (e^x - 1)`, for `x >= 0` and `x < 0`.
public enum ELU: ModelLayer {
    case elu(alpha: Float)
    case selu

    /// Constants of the self-normalising unit (Klambauer et al. 2017).
    static let seluLambda = 1.0507009873554804934193349852946
    static let seluAlpha = 1.6732632423543772848170429916717

    public static let key = "elu"
    public static var operations: [any DesignOperation.Type] { [ELUOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "ELU", activation: .serves, read: fromKeras),
            ImportRule(.keras, "activations.elu", is: elu(alpha: 1)),
            ImportRule(.keras, "activations.selu", is: selu),
            ImportRule(.onnx, "Elu", read: fromONNX),
            ImportRule(.onnx, "Selu", read: fromONNXSelu),
        ]
    }

    public var typeName: String {
        switch self {
        case .elu: "ParametrizedActivation"
        case .selu: "Activation"
        }
    }

    public var precisionRoles: [PrecisionRole] { [.result, .param, .table] }
    public var usedOptions: [LayerOption] { [.tableSize] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] { [inputs.first ?? []] }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        switch self {
        case .elu(let alpha): .elementwise { x in x >= 0 ? x : Double(alpha) * expm1(x) }
        case .selu:
            .elementwise { x in Self.seluLambda * (x >= 0 ? x : Self.seluAlpha * expm1(x)) }
        }
    }

    public func absorbing(_ affine: Affine) -> ELU? { nil }
}
