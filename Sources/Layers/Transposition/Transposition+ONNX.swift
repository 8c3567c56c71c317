internal import Basics
internal import LayerKit

extension Transposition {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "Transpose", read: fromONNX)
        ]
    }

    /// Operator `Transpose`; `perm` has the samples' axis first.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Transposition {
        try site.expectAttributes("perm")
        return Transposition(try (site.integers("perm") ?? []).dropFirst().map { $0 - 1 })
    }
}
