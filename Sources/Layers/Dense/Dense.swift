public import LayerKit
public import Options

/// Fully connected: `y_j = b_j + sum_i x_i w_ij` over the last axis, at every position of the axes before it.
public struct Dense: ModelLayer {
    /// Shape (inputs, outputs), as Keras stores it.
    public var kernel: Tensor
    /// One value per output; nil where the layer was trained without a bias.
    public var bias: Tensor?

    public init(kernel: Tensor, bias: Tensor?) {
        self.kernel = kernel
        self.bias = bias
    }

    public static let key = "dense"
    public static var operations: [any DesignOperation.Type] { [DenseOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "Dense", activation: .states, read: fromKeras),
            ImportRule(.keras, "BinaryDense", activation: .states) { site throws(LayerError) in
                try fromKeras(site, binary: true)
            },
            ImportRule(.keras, "TernaryDense", activation: .states) { site throws(LayerError) in
                try fromKeras(site, binary: false)
            },
            ImportRule(.onnx, "Gemm", read: fromONNX),
        ]
    }

    public var typeName: String { "Dense" }
    public var precisionRoles: [PrecisionRole] { [.result, .weight, .bias, .accum] }
    public var usedOptions: [LayerOption] { [.reuse, .strategy, .parallelization, .adderSlack] }
    public var presence: LayerPresence { .operation }

    var inputCount: Int { kernel.shape[0] }
    var outputCount: Int { kernel.shape[1] }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        guard kernel.shape.count == 2, kernel.shape.elementCount > 0 else {
            throw LayerError("the kernel has shape \(kernel.shape), expected (inputs, outputs)", attribute: "kernel")
        }
        guard bias == nil || bias?.shape == [outputCount] else {
            throw LayerError("the bias has shape \(bias?.shape ?? []), expected (\(outputCount))", attribute: "bias")
        }
        guard let input = inputs.first, input.last == inputCount else {
            throw LayerError(
                "the input has shape \(inputs.first ?? []), but the kernel expects \(inputCount) channels",
                attribute: "kernel")
        }
        return [input.dropLast() + [outputCount]]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let n = inputCount, m = outputCount
        let product = MatrixProduct(kernel.doubles, rows: n, columns: m)
        let offsets = bias?.doubles
        return FloatKernel { inputs in [product.times(inputs[0], offsets: offsets)] }
    }

    public func absorbing(_ affine: Affine) -> Dense? {
        let scale = affine.scale.singles, offset = affine.bias.singles, own = bias?.singles
        let weights = kernel.singles.enumerated().map { index, weight in weight * scale[index % scale.count] }
        let bias = offset.indices.map { j in own.map { scale[j] * $0[j] + offset[j] } ?? offset[j] }
        return Tensor(shape: kernel.shape, values: weights).map { Dense(kernel: $0, bias: Tensor(bias)) }
    }
}
