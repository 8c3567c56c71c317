public import LayerKit
public import Options

/// A row of a trained table for every element, which is the row's number.
public struct Embedding: ModelLayer {
    /// Shape (rows, width).
    public var table: Tensor

    public init(table: Tensor) { self.table = table }

    public static let key = "embedding"
    public static var operations: [any DesignOperation.Type] { [EmbeddingOperation.self] }
    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "Embedding", read: fromKeras),
            ImportRule(.onnx, "Embedding") { site throws(LayerError) in
                Embedding(table: try site.expectWeights(["table"])[0])
            },
        ]
    }

    public var typeName: String { "Embedding" }
    public var precisionRoles: [PrecisionRole] { [.result, .embeddings] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        guard table.shape.count == 2, table.count > 0 else {
            throw LayerError("the table has shape \(table.shape), expected rows and width", attribute: "embeddings")
        }
        return [(inputs.first ?? []) + [table.shape[1]]]
    }

    /// Numbers beyond the table get its first or last row.
    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let rows = table.doubles, width = table.shape[1], last = Double(table.shape[0] - 1)
        return FloatKernel { inputs in
            var y: [Double] = []
            y.reserveCapacity(inputs[0].count * width)
            for x in inputs[0] {
                let row = x > 0 ? Int(min(x, last)) : 0
                y += rows[row * width..<(row + 1) * width]
            }
            return [y]
        }
    }

    public func absorbing(_ affine: Affine) -> Embedding? { nil }
}
