public import Basics
public import LayerKit
public import Options

/// Switches neurons off while training; nothing at inference.
public struct Dropout: ModelLayer {
    public init() {}

    public static let key = "dropout"
    public static var operations: [any DesignOperation.Type] { [] }

    public static var imports: [ImportRule] {
        [
            "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout",
            "GaussianNoise", "ActivityRegularization", "RandomFlip", "RandomRotation", "RandomZoom",
            "RandomTranslation",
            "RandomContrast", "RandomBrightness", "Identity",
        ].map { ImportRule(.keras, $0, read: fromKeras) }
    }

    public var typeName: String { "Dropout" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .nothing }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] { [inputs.first ?? []] }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel { FloatKernel { $0 } }

    public func absorbing(_ affine: Affine) -> Dropout? { nil }

    /// There is nothing to compute.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered { .nothing }
}
