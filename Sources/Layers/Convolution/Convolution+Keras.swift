internal import Basics
internal import LayerKit

extension Convolution {
    static var kerasImports: [ImportRule] {
        [1, 2, 3].map { rank in
            ImportRule(.keras, "Conv\(rank)D", activation: .states) { site throws(LayerError) in
                try fromKeras(site, rank)
            }
        }
            + [1, 2].map { rank in
                ImportRule(.keras, "DepthwiseConv\(rank)D", activation: .states) { site throws(LayerError) in
                    try depthwiseFromKeras(site, rank)
                }
            }
    }

    /// Classes `Conv1D`, `Conv2D` and `Conv3D`: a kernel of shape (taps..., inputs of a group, filters).
    private static func fromKeras(_ site: ImportSite, _ rank: Int) throws(LayerError) -> Convolution {
        try site.expectAttributes(
            "filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "groups", "use_bias")
        let biased = try site.flag("use_bias", default: true)
        let weights = try site.expectWeights(biased ? ["kernel", "bias"] : ["kernel"])
        let result = try placed(
            site, rank, kernel: weights[0], bias: biased ? weights[1] : nil,
            groups: try site.integers("groups")?.first ?? 1)
        try site.expectCount("filters", weights[0].shape.last ?? 0, "kernel")
        return result
    }

    /// Classes `DepthwiseConv1D` and `DepthwiseConv2D`: a kernel of shape (taps..., inputs, multiplier), each input a
    /// group of its own.
    private static func depthwiseFromKeras(_ site: ImportSite, _ rank: Int) throws(LayerError) -> Convolution {
        try site.expectAttributes(
            "kernel_size", "strides", "padding", "data_format", "dilation_rate", "depth_multiplier", "use_bias",
            // Keras writes those of a convolution, and does not look at them.
            withoutEffect: ["groups"])
        let biased = try site.flag("use_bias", default: true)
        // Keras 3 calls it as that of any other convolution.
        let name = site.tensors["kernel"] == nil ? "depthwise_kernel" : "kernel"
        let weights = try site.expectWeights(biased ? [name, "bias"] : [name])
        let shape = weights[0].shape
        guard shape.count == rank + 2 else {
            throw LayerError("the kernel has shape \(shape), expected \(rank + 2) axes", attribute: "kernel")
        }
        try site.expectCount("depth_multiplier", shape[rank + 1], "kernel")
        let flat = shape.prefix(rank) + [1, Count.times(shape[rank], shape[rank + 1])]
        guard let kernel = Tensor(shape: Array(flat), numbers: weights[0].numbers) else {
            throw LayerError("the kernel of shape \(shape) is too large", attribute: "kernel")
        }
        return try placed(site, rank, kernel: kernel, bias: biased ? weights[1] : nil, groups: shape[rank])
    }

    private static func placed(
        _ site: ImportSite, _ rank: Int, kernel: Tensor, bias: Tensor?, groups: Int
    ) throws(LayerError) -> Convolution {
        try site.expectChannelsLast()
        let window = try site.perAxis("kernel_size", rank, default: Array(kernel.shape.prefix(rank)))
        guard Array(kernel.shape.prefix(rank)) == window else {
            throw LayerError(
                "kernel_size is \(window), but the kernel has shape \(kernel.shape)", attribute: "kernel_size",
                help: "do the weights belong to this model?")
        }
        let strides = try site.perAxis("strides", rank, default: [1])
        let dilations = try site.perAxis("dilation_rate", rank, default: [1])
        return Convolution(
            kernel: kernel, bias: bias, strides: strides, dilations: dilations,
            pads: try site.pads(window, strides, dilations, causal: rank == 1), groups: groups)
    }
}
