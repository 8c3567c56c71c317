public import LayerKit
public import Options

/// The piecewise linear activations: ReLU with its bounds, leaky ReLU, thresholded ReLU, PReLU.
///
/// `y = maximum` where `x >= maximum`; `x` where `x` is above the threshold; `slope * (x - threshold)` below.
public struct ReLU: ModelLayer {
    public enum Spelling: String, Hashable, Sendable, Codable { case relu, leakyReLU, thresholdedReLU, prelu }

    public var spelling: Spelling
    /// Nil: unbounded.
    public var maximum: Float?
    /// One value, or one per element of the input; nil: 0.
    public var slope: Tensor?
    public var threshold: Float

    public init(_ spelling: Spelling, maximum: Float? = nil, slope: Tensor? = nil, threshold: Float = 0) {
        self.spelling = spelling
        self.maximum = maximum
        self.slope = slope
        self.threshold = threshold
    }

    public static let key = "relu"
    public static var operations: [any DesignOperation.Type] { [ReLUOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "ReLU", activation: .serves, read: fromKerasReLU),
            ImportRule(.keras, "LeakyReLU", activation: .serves, read: fromKerasLeakyReLU),
            ImportRule(.keras, "ThresholdedReLU", activation: .serves, read: fromKerasThresholdedReLU),
            ImportRule(.keras, "PReLU", read: fromKerasPReLU),
            ImportRule(.keras, "activations.relu", is: ReLU(.relu)),
            ImportRule(.keras, "activations.relu6", is: ReLU(.relu, maximum: 6)),
            ImportRule(.keras, "activations.leaky_relu", is: ReLU(.leakyReLU, slope: Tensor([0.2]))),
            ImportRule(.onnx, "Relu", is: ReLU(.relu)),
            ImportRule(.onnx, "LeakyRelu", read: fromONNXLeakyRelu),
            ImportRule(.onnx, "ThresholdedRelu", read: fromONNXThresholdedRelu),
            ImportRule(.onnx, "PRelu", read: fromONNXPRelu),
        ]
    }

    public var typeName: String {
        switch spelling {
        case .relu: "Activation"
        case .leakyReLU, .thresholdedReLU: "ParametrizedActivation"
        case .prelu: "PReLU"
        }
    }

    public var precisionRoles: [PrecisionRole] { [.result, .param] }
    public var usedOptions: [LayerOption] { spelling == .prelu ? [.reuse] : [] }
    public var presence: LayerPresence { .operation }

    /// Whether an element equal to the threshold passes: it does for `ReLU(threshold=)`, not for `ThresholdedReLU`.
    var inclusive: Bool { spelling != .thresholdedReLU }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let shape = inputs.first ?? []
        if let slope, slope.count != 1, slope.count != shape.elementCount {
            throw LayerError(
                "\(slope.count) slopes for \(shape.elementCount) elements", attribute: "alpha",
                help: "one slope, or one per element: shared_axes is not supported")
        }
        return [shape]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let slopes = slope?.doubles ?? [0]
        let top = maximum.map(Double.init) ?? .infinity, limit = Double(threshold), inclusive = inclusive
        return .perElement(slopes.count) { x, place in
            if x >= top { return top }
            return (inclusive ? x >= limit : x > limit) ? x : slopes[place] * (x - limit)
        }
    }

    public func absorbing(_ affine: Affine) -> ReLU? { nil }
}
