internal import Basics
internal import LayerKit

extension TransposedConvolution {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "ConvTranspose", read: fromONNX)
        ]
    }

    /// Operator `ConvTranspose`, the channels last; W of shape (taps..., outputs of a group, inputs).
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> TransposedConvolution {
        try site.expectAttributes("strides", "dilations", "pads", "group", "kernel_shape", "output_shape")
        let biased = site.tensors["B"] != nil
        let tensors = try site.expectWeights(biased ? ["W", "B"] : ["W"])
        let rank = tensors[0].shape.count - 2
        guard rank == 1 || rank == 2 else {
            throw LayerError("a convolution over \(rank) axes is not supported", attribute: "W", help: "one or two are")
        }
        return TransposedConvolution(
            kernel: tensors[0], bias: biased ? tensors[1] : nil,
            strides: try site.integers("strides") ?? [], dilations: try site.integers("dilations") ?? [],
            pads: try site.onnxPads(), outputSizes: try site.integers("output_shape"),
            groups: try site.integers("group")?.first ?? 1)
    }
}
