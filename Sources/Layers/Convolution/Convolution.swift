internal import Basics
public import LayerKit
public import Options

/// Convolution over one to three axes: `y_o = b_o + sum over taps t and channels c of x_(t,c) w_(t,c,o)`.
///
/// Channels fall into groups; outputs of a group see only its inputs. Depthwise: as many groups as inputs.
public struct Convolution: ModelLayer {
    /// Shape (taps along each axis..., inputs of a group, outputs).
    public var kernel: Tensor
    /// One value per output; nil where the layer was trained without a bias.
    public var bias: Tensor?
    public var strides: [Int]
    public var dilations: [Int]
    /// Zeros around the input.
    public var pads: [Pad]
    public var groups: Int

    public init(
        kernel: Tensor, bias: Tensor?, strides: [Int], dilations: [Int], pads: [Pad], groups: Int = 1
    ) {
        self.kernel = kernel
        self.bias = bias
        self.strides = strides
        self.dilations = dilations
        self.pads = pads
        self.groups = groups
    }

    public static let key = "convolution"
    public static var operations: [any DesignOperation.Type] { [ConvolutionOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String {
        let rank = kernel.shape.count - 2
        return kernel.shape[rank] == 1 && groups > 1 ? "DepthwiseConv\(rank)D" : "Conv\(rank)D"
    }

    public var precisionRoles: [PrecisionRole] { [.result, .weight, .bias, .accum] }
    public var usedOptions: [LayerOption] { [.reuse, .strategy, .parallelization, .adderSlack] }
    public var presence: LayerPresence { .operation }

    var outputs: Int { kernel.shape[kernel.shape.count - 1] }

    func windows() throws(LayerError) -> [Window] {
        guard (3...5).contains(kernel.shape.count), kernel.count > 0 else {
            throw LayerError(
                "the kernel has shape \(kernel.shape), expected one to three axes, inputs and outputs",
                attribute: "kernel")
        }
        return try Window.all(
            sizes: kernel.shape.dropLast(2), strides: strides, dilations: dilations, pads: pads)
    }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let windows = try windows(), shape = inputs.first ?? []
        let places = try Window.places(windows, on: shape)
        let own = kernel.shape[windows.count]
        guard groups > 0, outputs % groups == 0 else {
            throw LayerError("\(outputs) outputs do not fall into \(groups) groups", attribute: "groups")
        }
        guard shape.last == Count.times(own, groups) else {
            throw LayerError(
                "the input has \(shape.last ?? 0) channels, but the kernel of shape \(kernel.shape) and \(groups) "
                    + "groups expects \(Count.times(own, groups))", attribute: "kernel")
        }
        guard bias == nil || bias?.shape == [outputs] else {
            throw LayerError("the bias has shape \(bias?.shape ?? []), expected (\(outputs))", attribute: "bias")
        }
        return [places + [outputs]]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let windows = (try? windows()) ?? []
        let plane = Plane(windows, shapes[0])
        let groups = groups, own = plane.channels / groups, count = outputs / groups, outputs = outputs
        let offsets = bias?.doubles ?? [Double](repeating: 0, count: outputs)
        // Of each group a matrix of its own: taps and inputs x outputs.
        let weights = kernel.doubles
        let products = (0..<groups).map { group in
            let rows = plane.taps * own
            let columns = (0..<rows).flatMap { row -> ArraySlice<Double> in
                let start = row * outputs + group * count
                return weights[start..<start + count]
            }
            return MatrixProduct(columns, rows: rows, columns: count)
        }
        return FloatKernel { inputs, samples in
            let x = inputs[0], rows = plane.taps * own
            var y = [Double](repeating: 0, count: samples * plane.positions * outputs)
            var patches = [Double](repeating: 0, count: plane.outputWidth * rows)
            for sample in 0..<samples {
                for row in 0..<plane.outputHeight {
                    let place = (sample * plane.outputHeight + row) * plane.outputWidth
                    for column in 0..<plane.outputWidth {
                        let start = (place + column) * outputs
                        for o in 0..<outputs { y[start + o] = offsets[o] }
                    }
                    let sources = (0..<plane.outputWidth).map { plane.sources(row: row, column: $0) }
                    for group in 0..<groups {
                        let channel = sample * plane.inputCount + group * own
                        gather(x, sources, channel, own, into: &patches)
                        y.withUnsafeMutableBufferPointer { y in
                            patches.withUnsafeBufferPointer { patches in
                                guard let from = patches.baseAddress, let to = y.baseAddress else { return }
                                products[group].add(
                                    from, step: rows, to: to + place * outputs + group * count, step: outputs,
                                    count: plane.outputWidth)
                            }
                        }
                    }
                }
            }
            return [y]
        }
    }

    public func absorbing(_ affine: Affine) -> Convolution? {
        let scale = affine.scale.singles, offset = affine.bias.singles, own = bias?.singles
        guard scale.count == outputs else { return nil }
        let weights = kernel.singles.enumerated().map { index, weight in weight * scale[index % scale.count] }
        let sums = offset.indices.map { j in own.map { scale[j] * $0[j] + offset[j] } ?? offset[j] }
        guard let kernel = Tensor(shape: kernel.shape, values: weights) else { return nil }
        var result = self
        result.kernel = kernel
        result.bias = Tensor(sums)
        return result
    }
}

/// What windows see of a group's channels, one window behind the other; zeros in the padding.
private func gather(
    _ x: [Double], _ sources: [[Int?]], _ channel: Int, _ count: Int, into patches: inout [Double]
) {
    var place = 0
    for window in sources {
        for source in window {
            if let source {
                for c in 0..<count { patches[place + c] = x[channel + source + c] }
            } else {
                for c in 0..<count { patches[place + c] = 0 }
            }
            place += count
        }
    }
}
