internal import Basics
internal import LayerKit

extension Slice {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "Slice", read: fromONNX)
        ]
    }

    /// Operator `Slice`, with a beginning, a step and a count for every axis, that of the samples first.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Slice {
        try site.expectAttributes("starts", "steps", "counts")
        return Slice(
            begins: Array(try (site.integers("starts") ?? []).dropFirst()),
            steps: Array(try (site.integers("steps") ?? []).dropFirst()),
            counts: Array(try (site.integers("counts") ?? []).dropFirst()))
    }
}
