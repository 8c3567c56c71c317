internal import Glibc
public import LayerKit
public import Options

/// Batch normalisation at inference, per channel of the last axis:
/// `y = gamma (x - mean) / sqrt(variance + epsilon) + beta`.
public struct BatchNormalization: ModelLayer {
    /// Nil: 1.
    public var gamma: Tensor?
    /// Nil: 0.
    public var beta: Tensor?
    public var mean: Tensor
    public var variance: Tensor
    public var epsilon: Float
    /// The layer as one scale and one offset, where a pass made it so: mean and variance then no longer stand for
    /// anything.
    private var folded: Affine?

    public init(gamma: Tensor?, beta: Tensor?, mean: Tensor, variance: Tensor, epsilon: Float) {
        self.gamma = gamma
        self.beta = beta
        self.mean = mean
        self.variance = variance
        self.epsilon = epsilon
    }

    /// A layer that is just `y = scale x + bias`.
    public init(_ affine: Affine) {
        let zeros = Tensor([Float](repeating: 0, count: affine.scale.count))
        self.init(gamma: nil, beta: nil, mean: zeros, variance: zeros, epsilon: 1)
        folded = affine
    }

    public static let key = "batchNormalization"
    public static var operations: [any DesignOperation.Type] { [BatchNormalizationOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "BatchNormalization", read: fromKeras),
            ImportRule(.keras, "Rescaling", read: fromKerasRescaling),
            ImportRule(.keras, "Normalization", read: fromKerasNormalization),
            ImportRule(.onnx, "BatchNormalization", read: fromONNX),
            ImportRule(.onnx, "Affine", read: fromONNXAffine),
        ]
    }

    public var typeName: String { "BatchNormalization" }
    public var precisionRoles: [PrecisionRole] { [.result, .scale, .bias] }
    public var usedOptions: [LayerOption] { [.reuse] }
    public var presence: LayerPresence { .operation }

    var channels: Int { mean.count }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let sizes = [mean, variance, gamma, beta].compactMap { $0?.count }
        guard sizes.allSatisfy({ $0 == channels }) else {
            throw LayerError("mean, variance, gamma and beta have \(sizes) values, expected as many of each")
        }
        guard let input = inputs.first, input.last == channels else {
            throw LayerError(
                "the input has shape \(inputs.first ?? []), but \(channels) channels were normalised",
                attribute: "moving_mean")
        }
        return [input]
    }

    /// The layer as `y = scale x + bias`, in single precision, in the order in which the peer computes it.
    public var affine: Affine {
        if let folded { return folded }
        let gamma = gamma?.singles, beta = beta?.singles, mean = mean.singles
        let scale = variance.singles.enumerated().map { i, variance in (gamma?[i] ?? 1) / sqrtf(variance + epsilon) }
        let bias = scale.indices.map { i in (beta?[i] ?? 0) - scale[i] * mean[i] }
        return Affine(scale: Tensor(scale), bias: Tensor(bias))
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        if let folded {
            let scale = folded.scale.doubles, bias = folded.bias.doubles
            return .perElement(channels) { x, c in scale[c] * x + bias[c] }
        }
        let gamma = gamma?.doubles, mean = mean.doubles
        let scale = variance.doubles.enumerated().map { c, variance in
            (gamma?[c] ?? 1) / (variance + Double(epsilon)).squareRoot()
        }
        let beta = beta?.doubles ?? [Double](repeating: 0, count: channels)
        return .perElement(channels) { x, c in (x - mean[c]) * scale[c] + beta[c] }
    }

    public func absorbing(_ next: Affine) -> BatchNormalization? {
        let own = affine
        if own.isDouble || next.isDouble { return BatchNormalization(own.followed(by: next)) }
        let factor = next.scale.singles
        let scale = zip(own.scale.singles, factor).map { $0 * $1 }
        let bias = zip(zip(own.bias.singles, factor), next.bias.singles).map { $0.1 * $0.0 + $1 }
        return BatchNormalization(Affine(scale: Tensor(scale), bias: Tensor(bias)))
    }
}
