public import Basics
public import LayerKit
public import Options

/// Transposed convolution over one or two axes: every input adds its kernel, times itself, to the outputs around it.
///
/// The full result has `(n - 1) stride + dilation (taps - 1) + 1` elements along an axis; padding is cut off of it, and
/// zeros stand behind it where more are asked for.
public struct TransposedConvolution: ModelLayer {
    /// Shape (taps along each axis..., outputs of a group, inputs).
    public var kernel: Tensor
    public var bias: Tensor?
    public var strides: [Int]
    public var dilations: [Int]
    /// What is cut off of the full result.
    public var pads: [Pad]
    /// The sizes along the axes; nil: what is left of the full result.
    public var outputSizes: [Int]?
    public var groups: Int

    public init(
        kernel: Tensor, bias: Tensor?, strides: [Int], dilations: [Int], pads: [Pad], outputSizes: [Int]? = nil,
        groups: Int = 1
    ) {
        self.kernel = kernel
        self.bias = bias
        self.strides = strides
        self.dilations = dilations
        self.pads = pads
        self.outputSizes = outputSizes
        self.groups = groups
    }

    public static let key = "transposedConvolution"
    public static var operations: [any DesignOperation.Type] { [] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String { "Conv\(kernel.shape.count - 2)DTranspose" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    private var rank: Int { kernel.shape.count - 2 }
    private var outputs: Int { kernel.shape[rank] * groups }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        guard rank == 1 || rank == 2, kernel.count > 0, groups > 0, kernel.shape[rank + 1] % groups == 0 else {
            throw LayerError(
                "the kernel has shape \(kernel.shape), expected one or two axes, outputs and inputs in \(groups) groups",
                attribute: "kernel")
        }
        let windows = try Window.all(
            sizes: kernel.shape.dropLast(2), strides: strides, dilations: dilations, pads: pads)
        let shape = inputs.first ?? []
        guard shape.count == rank + 1, shape.last == kernel.shape[rank + 1] else {
            throw LayerError(
                "the input has shape \(shape), but the kernel of shape \(kernel.shape) expects \(rank) axes and "
                    + "\(kernel.shape[rank + 1]) channels", attribute: "kernel")
        }
        guard bias == nil || bias?.shape == [outputs] else {
            throw LayerError("the bias has shape \(bias?.shape ?? []), expected (\(outputs))", attribute: "bias")
        }
        let left = zip(windows, shape).map { window, size in
            Count.times(size - 1, window.stride) + window.extent - window.pad.before - window.pad.after
        }
        let sizes = outputSizes ?? left
        guard sizes.count == rank, sizes.allSatisfy({ $0 > 0 && $0 <= InputLimit.tensor.elements }) else {
            throw LayerError("an output of \(sizes) is not possible", attribute: "padding")
        }
        return [sizes + [outputs]]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let layer = self, input = shapes[0]
        let output = (try? outputShapes(of: shapes))?[0] ?? []
        let two = rank == 2, weights = kernel.doubles
        let height = two ? input[0] : 1, width = input[rank - 1], channels = input[rank]
        let toHeight = two ? output[0] : 1, toWidth = output[rank - 1]
        let tapsY = two ? kernel.shape[0] : 1, tapsX = kernel.shape[rank - 1]
        let own = kernel.shape[rank], inputsOfGroup = channels / groups, outputs = outputs
        let offsets = bias?.doubles ?? [Double](repeating: 0, count: outputs)
        func target(_ place: Int, _ tap: Int, _ axis: Int, _ size: Int) -> Int? {
            let at = place * layer.strides[axis] + tap * layer.dilations[axis] - layer.pads[axis].before
            return (0..<size).contains(at) ? at : nil
        }
        // Where an axis is missing, its only place is its only tap's.
        let yTargets = (0..<height).map { y in
            (0..<tapsY).map { two ? target(y, $0, 0, toHeight) : 0 }
        }
        let xTargets = (0..<width).map { x in (0..<tapsX).map { target(x, $0, layer.rank - 1, toWidth) } }
        return FloatKernel { inputs, samples in
            let x = inputs[0]
            var y = [Double](repeating: 0, count: samples * toHeight * toWidth * outputs)
            for place in 0..<samples * toHeight * toWidth {
                for o in 0..<outputs { y[place * outputs + o] = offsets[o] }
            }
            for sample in 0..<samples {
                for row in 0..<height {
                    for column in 0..<width {
                        let from = ((sample * height + row) * width + column) * channels
                        for (tapY, toY) in yTargets[row].enumerated() {
                            guard let toY else { continue }
                            for (tapX, toX) in xTargets[column].enumerated() {
                                guard let toX else { continue }
                                let to = ((sample * toHeight + toY) * toWidth + toX) * outputs
                                let tap = (tapY * tapsX + tapX) * own * channels
                                for channel in 0..<channels {
                                    let value = x[from + channel], group = channel / inputsOfGroup
                                    for o in 0..<own {
                                        y[to + group * own + o] += value * weights[tap + o * channels + channel]
                                    }
                                }
                            }
                        }
                    }
                }
            }
            return [y]
        }
    }

    public func absorbing(_ affine: Affine) -> TransposedConvolution? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered { throw site.unwritten() }
}
