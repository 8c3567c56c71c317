public import Basics
public import LayerKit
public import Options

/// A tensor that enters the network.
public struct InputLayer: ModelLayer {
    public var shape: Shape

    public init(shape: Shape) { self.shape = shape }

    public static let key = "input"
    public static var operations: [any DesignOperation.Type] { [] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "InputLayer", inputs: 0...0, read: fromKeras),
            ImportRule(.onnx, "Input", inputs: 0...0, read: fromONNX),
        ]
    }

    public var typeName: String { "Input" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .input }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] { [shape] }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel { FloatKernel { $0 } }

    public func absorbing(_ affine: Affine) -> InputLayer? { nil }

    /// A tensor from outside is no operation.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered { .nothing }
}
