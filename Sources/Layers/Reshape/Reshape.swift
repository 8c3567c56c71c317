public import Basics
public import LayerKit
public import Options

/// The same elements, in the same order, under another shape; Flatten is the case of one axis.
public struct Reshape: ModelLayer {
    /// At most one size may be -1: what is left over.
    public var target: Shape

    public init(target: Shape) { self.target = target }

    /// Flatten.
    public static let flatten = Reshape(target: [-1])

    public static let key = "reshape"
    public static var operations: [any DesignOperation.Type] { [ReshapeOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "Flatten", read: fromKerasFlatten),
            ImportRule(.keras, "Reshape", read: fromKeras),
            ImportRule(.onnx, "Reshape", read: fromONNX),
        ]
    }

    public var typeName: String { "Reshape" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let count = inputs.first?.elementCount ?? 0
        let known = target.filter { $0 != -1 }
        guard known.allSatisfy({ $0 > 0 }), target.count - known.count <= 1 else {
            throw LayerError("target_shape \(target) is not a shape", attribute: "target_shape")
        }
        let product = known.elementCount
        guard known.count < target.count ? count % product == 0 : count == product else {
            throw LayerError(
                "cannot give \(count) elements the shape \(target)", attribute: "target_shape",
                help: "the product of the sizes must be \(count)")
        }
        return [target.map { $0 == -1 ? count / product : $0 }]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel { FloatKernel { $0 } }

    public func absorbing(_ affine: Affine) -> Reshape? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let types = input.spec.types.reshaped(from: input.shape, to: site.outputs[0])
        return Lowered(ReshapeOperation(resultType: types), site, ranges: input.ranges)
    }
}
