internal import Basics
internal import LayerKit

extension Concatenation {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "Concat", inputs: 2...4096, read: fromONNX)
        ]
    }

    /// Operator `Concat`; the axis counts the samples'.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Concatenation {
        try site.expectAttributes("axis")
        return Concatenation(axis: (try site.integers("axis")?.first ?? 1) - 1)
    }
}
