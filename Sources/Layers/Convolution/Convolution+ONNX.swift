internal import Basics
internal import LayerKit

extension Convolution {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "Conv", read: fromONNX)
        ]
    }

    /// Operator `Conv`, the channels last; W of shape (taps..., inputs of a group, outputs).
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Convolution {
        try site.expectAttributes("strides", "dilations", "pads", "group", "kernel_shape")
        let biased = site.tensors["B"] != nil
        let tensors = try site.expectWeights(biased ? ["W", "B"] : ["W"])
        let rank = tensors[0].shape.count - 2
        guard (1...3).contains(rank) else {
            throw LayerError(
                "a convolution over \(rank) axes is not supported", attribute: "W", help: "one to three are")
        }
        return Convolution(
            kernel: tensors[0], bias: biased ? tensors[1] : nil,
            strides: try site.integers("strides") ?? [], dilations: try site.integers("dilations") ?? [],
            pads: try site.onnxPads(), groups: try site.integers("group")?.first ?? 1)
    }
}

extension ImportSite {
    /// Paddings of ONNX: those before all axes, then those behind them.
    func onnxPads() throws(LayerError) -> [Pad] {
        let pads = try integers("pads") ?? [], rank = pads.count / 2
        return (0..<rank).map { Pad(pads[$0], pads[$0 + rank]) }
    }
}
