internal import Basics
internal import LayerKit

extension Reduction {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "ReduceMean", read: fromONNX),
            ImportRule(.onnx, "ReduceSum", read: fromONNX),
            ImportRule(.onnx, "ReduceProd", read: fromONNX),
            ImportRule(.onnx, "ReduceMax", read: fromONNX),
            ImportRule(.onnx, "ReduceMin", read: fromONNX),
        ]
    }

    /// Operators `ReduceMean`, `ReduceSum`, `ReduceProd`, `ReduceMax` and `ReduceMin`; axes count the samples'.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Reduction {
        try site.expectAttributes("axes", "keepdims")
        let kind: Kind =
            switch site.key.op {
            case "ReduceMean": .mean
            case "ReduceSum": .sum
            case "ReduceProd": .product
            case "ReduceMax": .maximum
            default: .minimum
            }
        return Reduction(
            kind, axes: try (site.integers("axes") ?? []).map { $0 - 1 },
            keepsAxes: try site.flag("keepdims", default: true))
    }
}
