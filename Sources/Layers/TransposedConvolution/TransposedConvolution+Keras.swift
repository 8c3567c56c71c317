internal import Basics
internal import LayerKit

extension TransposedConvolution {
    static var kerasImports: [ImportRule] {
        [1, 2].map { rank in
            ImportRule(.keras, "Conv\(rank)DTranspose", activation: .states) { site throws(LayerError) in
                try fromKeras(site, rank)
            }
        }
    }

    /// Classes `Conv1DTranspose` and `Conv2DTranspose`: a kernel of shape (taps..., filters, inputs).
    private static func fromKeras(_ site: ImportSite, _ rank: Int) throws(LayerError) -> TransposedConvolution {
        try site.expectAttributes(
            "filters", "kernel_size", "strides", "padding", "output_padding", "data_format", "dilation_rate", "groups",
            "use_bias")
        try site.expectChannelsLast()
        let biased = try site.flag("use_bias", default: true)
        let weights = try site.expectWeights(biased ? ["kernel", "bias"] : ["kernel"])
        let kernel = weights[0]
        guard kernel.shape.count == rank + 2 else {
            throw LayerError("the kernel has shape \(kernel.shape), expected \(rank + 2) axes", attribute: "kernel")
        }
        if let groups = try site.integers("groups"), groups != [1] {
            throw LayerError(
                "groups is \(groups.map(String.init).joined(separator: ", ")): not supported", attribute: "groups",
                help: "build the model with groups=1")
        }
        try site.expectCount("filters", kernel.shape[rank], "kernel")
        let window = Array(kernel.shape.prefix(rank))
        let strides = try site.perAxis("strides", rank, default: [1])
        let dilations = try site.perAxis("dilation_rate", rank, default: [1])
        let more = try outputPadding(site, rank, strides)
        let padding = try site.text("padding") ?? "valid"
        guard padding == "valid" || padding == "same" else {
            throw LayerError(
                "padding '\(padding)' is not known", attribute: "padding", help: "those that are: 'valid', 'same'")
        }
        let input = site.input ?? kernel.shape
        var pads: [Pad] = [], sizes: [Int] = []
        for axis in 0..<rank {
            let size = try outputSize(
                input[axis], window[axis], strides[axis], dilations[axis], padding == "same", more?[axis])
            // TensorFlow takes the transposed one for the gradient of a convolution of the output: it cuts off what that
            // one would have padded.
            let pad =
                padding == "same"
                ? Pad.same(size: size, window: window[axis], stride: strides[axis], dilation: dilations[axis])
                : Pad.none
            pads.append(pad)
            sizes.append(size)
        }
        return TransposedConvolution(
            kernel: kernel, bias: biased ? weights[1] : nil, strides: strides, dilations: dilations, pads: pads,
            outputSizes: sizes)
    }

    private static func outputPadding(_ site: ImportSite, _ rank: Int, _ strides: [Int]) throws(LayerError) -> [Int]? {
        guard let stated = try site.integers("output_padding") else { return nil }
        let all = stated.count == 1 ? [Int](repeating: stated[0], count: rank) : stated
        guard all.count == rank, zip(all, strides).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
            throw LayerError(
                "output_padding is \(stated), expected numbers below the strides", attribute: "output_padding")
        }
        return all
    }

    /// How long Keras makes an axis (`deconv_output_length`).
    private static func outputSize(
        _ size: Int, _ window: Int, _ stride: Int, _ dilation: Int, _ same: Bool, _ outputPadding: Int?
    ) throws(LayerError) -> Int {
        let (reach, overflow) = (window - 1).multipliedReportingOverflow(by: dilation)
        let full = Count.times(size, stride)
        guard !overflow, reach < 1 << 24, full <= InputLimit.tensor.elements else {
            throw LayerError("an axis of more than \(InputLimit.tensor.elements) elements is not possible")
        }
        let extent = reach + 1
        guard let outputPadding else { return same ? full : full + max(extent - stride, 0) }
        let pad = same ? extent / 2 : 0
        return (size - 1) * stride + extent - 2 * pad + outputPadding
    }
}
