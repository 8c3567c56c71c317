public import Basics
public import LayerKit
public import Options

/// Elements of an axis by their places, in any order.
public struct Gather: ModelLayer {
    public var axis: Int
    public var indices: [Int]

    public init(axis: Int, indices: [Int]) {
        self.axis = axis
        self.indices = indices
    }

    public static let key = "gather"
    public static var operations: [any DesignOperation.Type] { [] }
    public static var borrowed: [any DesignOperation.Type] { [RearrangementOperation.self] }
    public static var imports: [ImportRule] {
        [
            ImportRule(.onnx, "Gather", read: fromONNX)
        ]
    }

    public var typeName: String { "Gather" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        var shape = inputs.first ?? []
        guard shape.indices.contains(axis), !indices.isEmpty,
            let size = shape.indices.contains(axis) ? shape[axis] : nil, indices.allSatisfy((0..<size).contains)
        else {
            throw LayerError(
                "not all of the \(indices.count) places are on axis \(axis) of shape \(shape)", attribute: "indices")
        }
        shape[axis] = indices.count
        return [shape]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let shape = shapes[0]
        let own = Strides.steps(of: shape)
        var result = shape
        result[axis] = indices.count
        let places = Strides(result).map { index in
            index.indices.reduce(0) { $0 + ($1 == axis ? indices[index[$1]] : index[$1]) * own[$1] }
        }
        return .selecting(places, of: shape.elementCount)
    }

    public func absorbing(_ affine: Affine) -> Gather? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let shape = site.inputs[0].shape, steps = Strides.steps(of: shape)
        return .rearranging(
            shape.indices.map { place in
                (place == axis ? indices : Array(0..<shape[place])).map { $0 * steps[place] }
            }, site)
    }
}
