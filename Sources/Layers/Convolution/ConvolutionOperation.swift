public import AdderGraphs
public import FixedPoint
public import LayerKit
internal import Options

/// The firmware's convolution: at every place of the window the matrix product of what the window sees there, zeros in
/// the padding. Its inputs are the taps in row-major order, the channels of each together.
public struct ConvolutionOperation: DesignOperation {
    /// Weights of shape (taps * inputs of a group, outputs). Its positions are the places of the window.
    public var product: DenseOperation
    /// How the window slides along each axis before the channels: one or two.
    public var windows: [Window]
    /// Channels fall into so many groups, one behind the other, and so do outputs, which see those of their own.
    public var groups: Int

    public static let key = "convolution"
    public static let kernels: Set<String> = [
        "conv_latency", "conv_resource", "conv_unrolled", "conv_distributed", "conv_adders", "conv_multiplexed",
        "conv_pad", "conv_window", "conv_at_once", "conv_turn", "window_enter", "window_pixel", "window_stream",
    ]
    public var results: [ElementTypes] { product.results }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary {
        var summary = product.summary
        summary.kind = groups > 1 && inputsOfGroup == 1 ? "depthwise convolution" : "convolution"
        return summary
    }

    var taps: Int { windows.reduce(1) { $0 * $1.size } }
    private var inputsOfGroup: Int { product.inputCount / max(1, taps) }

    func plane(_ site: OperationSite) -> Plane { Plane(windows, site.input.shape) }

    /// Where the product of one place stands, for `count` places.
    func vectors(_ site: OperationSite, count: Int = 1) -> OperationSite {
        OperationSite(
            io: .parallel, inputs: [TensorSpec(site.input.type, [count, product.inputCount])],
            outputs: [TensorSpec(product.resultType, [count, product.outputCount])])
    }

    public func wordBits(_ site: OperationSite) -> Int { product.wordBits(vectors(site)) }

    /// The product of one group's outputs.
    func product(of group: Int) -> DenseOperation {
        guard groups > 1 else { return product }
        let count = product.outputCount / groups
        var share = product
        share.weight = QuantizedTensor(
            type: product.weight.type, shape: [product.inputCount, count],
            raw: (0..<product.inputCount).flatMap { row in
                product.weight.raw[(row * product.outputCount + group * count)...].prefix(count)
            })
        share.bias = QuantizedTensor(
            type: product.bias.type, shape: [count], raw: Array(product.bias.raw[(group * count)...].prefix(count)))
        return share
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let plane = plane(site), type = site.input.type
        let rows = (0..<groups).map { group -> DenseOperation.RowKernel<W> in product(of: group).rowKernel(input: type)
        }
        let gather = WindowGather<W>(plane, groups: groups)
        let n = product.inputCount, m = product.outputCount, own = m / groups, groups = groups
        return { inputs, outputs in
            withUnsafeTemporaryAllocation(of: W.self, capacity: max(1, n * groups)) { buffer in
                guard let seen = buffer.baseAddress else { return }
                var output = outputs[0]
                for row in 0..<plane.outputHeight {
                    for column in 0..<plane.outputWidth {
                        gather(inputs[0], row, column, into: seen)
                        for group in 0..<groups { rows[group](seen + group * n, output + group * own) }
                        output += m
                    }
                }
            }
        }
    }

    /// What the adders of distributed arithmetic are to compute, for all places alike; nil: there are none.
    public func adderTask(_ site: OperationSite) -> ConstantProduct? {
        groups == 1 ? product.adderTask(vectors(site)) : nil
    }
}
