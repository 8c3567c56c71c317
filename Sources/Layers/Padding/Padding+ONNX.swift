internal import Basics
internal import LayerKit

extension Padding {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "Pad", read: fromONNX)
        ]
    }

    /// Operator `Pad` with a constant; paddings count the samples' axis, which has none.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Padding {
        try site.expectAttributes("pads", "value")
        return Padding(pads: Array(try site.onnxPads().dropFirst()), value: Double(try site.number("value") ?? 0))
    }
}
