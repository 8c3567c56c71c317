public import Basics
public import LayerKit
public import Options

/// Numbers that are the same for every sample.
public struct ConstantTensor: ModelLayer {
    public var value: Tensor

    public init(_ value: Tensor) { self.value = value }

    public static let key = "constant"
    public static var operations: [any DesignOperation.Type] { [] }
    public static var imports: [ImportRule] {
        [
            ImportRule(.onnx, "Constant", inputs: 0...0, read: fromONNX)
        ]
    }

    public var typeName: String { "Constant" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        [value.shape]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let numbers = value.doubles
        return FloatKernel { _, samples in [Array(repeatElement(numbers, count: samples).joined())] }
    }

    public func absorbing(_ affine: Affine) -> ConstantTensor? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered { throw site.unwritten() }
}
