public import LayerKit
public import Options

/// Tensors behind each other along an axis.
public struct Concatenation: ModelLayer {
    public var axis: Int

    public init(axis: Int) { self.axis = axis }

    public static let key = "concatenation"
    public static var operations: [any DesignOperation.Type] { [ConcatenationOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String { "Concatenate" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        guard var shape = inputs.first, shape.indices.contains(axis) else {
            throw LayerError("there is no axis \(axis) in shape \(inputs.first ?? [])", attribute: "axis")
        }
        for other in inputs.dropFirst() {
            guard other.count == shape.count,
                shape.indices.allSatisfy({ $0 == axis || shape[$0] == other[$0] })
            else {
                throw LayerError(
                    "tensors of shapes \(inputs) cannot stand behind each other along axis \(axis)", attribute: "axis")
            }
            shape[axis] += other[axis]
        }
        return [shape]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        // Of each input, as many elements as it has from the axis on.
        let runs = shapes.map { $0[axis...].reduce(1, *) }
        return FloatKernel { inputs in
            let all = runs.reduce(0, +), count = runs[0] == 0 ? 0 : inputs[0].count / runs[0]
            var y: [Double] = []
            y.reserveCapacity(count * all)
            for place in 0..<count {
                for (input, run) in zip(inputs, runs) { y += input[place * run..<(place + 1) * run] }
            }
            return [y]
        }
    }

    public func absorbing(_ affine: Affine) -> Concatenation? { nil }
}
