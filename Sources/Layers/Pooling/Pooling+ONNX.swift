internal import Basics
internal import LayerKit

extension Pooling {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "MaxPool", read: fromONNX),
            ImportRule(.onnx, "AveragePool", read: fromONNX),
        ]
    }

    /// Operators `MaxPool` and `AveragePool`, the channels last.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Pooling {
        try site.expectAttributes("kernel_shape", "strides", "dilations", "pads", "count_include_pad")
        return Pooling(
            site.key.op == "MaxPool" ? .max : .average, window: try site.integers("kernel_shape") ?? [],
            strides: try site.integers("strides") ?? [], dilations: try site.integers("dilations"),
            pads: try site.onnxPads(), countsPadding: try site.flag("count_include_pad", default: false))
    }
}
