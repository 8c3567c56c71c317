internal import Basics
internal import LayerKit

extension Einsum {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "Einsum", inputs: 1...2, read: fromONNX)
        ]
    }

    /// Operator `Einsum` or `MatMul`; the equation leaves out the samples' axis, trained numbers are the last operand.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Einsum {
        try site.expectAttributes("equation")
        let trained = site.tensors["kernel"] == nil ? [] : ["kernel"]
        return Einsum(try site.text("equation") ?? "", kernel: try site.expectWeights(trained).first)
    }
}
