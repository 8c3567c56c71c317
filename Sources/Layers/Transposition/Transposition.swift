public import Basics
public import LayerKit
public import Options

/// The axes in another order: axis `i` of the output is axis `permutation[i]` of the input.
public struct Transposition: ModelLayer {
    public var permutation: [Int]

    public init(_ permutation: [Int]) { self.permutation = permutation }

    public static let key = "transposition"
    public static var operations: [any DesignOperation.Type] { [RearrangementOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String { "Permute" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let shape = inputs.first ?? []
        guard permutation.sorted() == Array(shape.indices) else {
            throw LayerError("\(permutation) is no order of the axes of shape \(shape)", attribute: "perm")
        }
        return [permutation.map { shape[$0] }]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let shape = shapes[0]
        let steps = Strides.steps(of: shape)
        let places = Strides(permutation.map { shape[$0] }).map { index in
            zip(index, permutation).reduce(0) { $0 + $1.0 * steps[$1.1] }
        }
        return .selecting(places, of: shape.elementCount)
    }

    public func absorbing(_ affine: Affine) -> Transposition? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let steps = Strides.steps(of: site.inputs[0].shape)
        return .rearranging(
            permutation.map { axis in (0..<site.inputs[0].shape[axis]).map { $0 * steps[axis] } }, site)
    }
}
