public import FixedPoint

/// How a file quantises trained numbers, beside the numbers that come of it: what the rules of hls4ml ask for, which take types
/// and scales from there.
public struct TrainedQuantizer: Hashable, Sendable, Codable {
    /// The type of the numbers before they are scaled; nil: not known.
    public var type: FixedType?
    /// What the numbers are multiplied with; nil: 1.
    public var scale: Scale?
    /// The numbers as they were trained, where hls4ml takes them for those that come of them; nil: not kept.
    public var original: Tensor?

    public struct Scale: Hashable, Sendable, Codable {
        /// One for all numbers, or one for each place of the last axis.
        public var factors: Tensor
        /// Whether each was fitted to be a power of two.
        public var isPowerOfTwo: Bool

        public init(factors: Tensor, isPowerOfTwo: Bool) {
            self.factors = factors
            self.isPowerOfTwo = isPowerOfTwo
        }
    }

    public init(type: FixedType? = nil, scale: Scale? = nil, original: Tensor? = nil) {
        self.type = type
        self.scale = scale
        self.original = original
    }
}

/// What trained numbers are to their layer.
public enum TrainedRole: String, Hashable, Sendable, Codable, CodingKeyRepresentable {
    case kernel, bias, gamma, beta, mean, variance

    /// - Parameter name: that of the numbers in an import graph.
    public init?(tensor name: String) {
        switch name {
        case "kernel", "depthwise_kernel", "pointwise_kernel": self = .kernel
        case "bias", "C": self = .bias
        case "gamma": self = .gamma
        case "beta": self = .beta
        case "moving_mean": self = .mean
        case "moving_variance": self = .variance
        default: return nil
        }
    }
}
