public import LayerKit
public import Options

/// The piecewise linear activations: ReLU with its bounds, leaky ReLU, thresholded ReLU, PReLU.
///
/// `y = maximum` where `x >= maximum`; `x` where `x` is above the threshold; `slope * (x - threshold)` below.
public struct Rectifier: ModelLayer {
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

    public var typeName: String {
        switch spelling {
        case .relu: "Activation"
        case .leakyReLU, .thresholdedReLU: "ParametrizedActivation"
        case .prelu: "PReLU"
        }
    }

    public var precisionRoles: [PrecisionRole] { [.result, .param] }
    public var usedOptions: [LayerOption] { [] }

    /// Whether an element equal to the threshold passes: it does for `ReLU(threshold=)`, not for `ThresholdedReLU`.
    var inclusive: Bool { spelling != .thresholdedReLU }

    public func outputShape(of inputs: [Shape]) throws(LayerError) -> Shape {
        let shape = inputs.first ?? []
        if let slope, slope.values.count != 1, slope.values.count != shape.elementCount {
            throw LayerError(
                "\(slope.values.count) slopes for \(shape.elementCount) elements", attribute: "alpha",
                help: "one slope, or one per element: shared_axes is not supported")
        }
        return shape
    }

    public func evaluateFloat(_ inputs: [[Double]], _ shapes: [Shape]) -> [Double] {
        inputs[0].enumerated().map { index, x in
            if let maximum, x >= Double(maximum) { return Double(maximum) }
            let limit = Double(threshold)
            if inclusive ? x >= limit : x > limit { return x }
            guard let slope else { return 0 }
            return Double(slope.values[slope.values.count == 1 ? 0 : index]) * (x - limit)
        }
    }
}
