internal import LayerKit

extension ReLU {
    /// Class `ReLU`: `max_value`, `negative_slope`, `threshold`, none of which Keras lets be negative.
    static func fromKerasReLU(_ site: ImportSite) throws(LayerError) -> ReLU {
        try site.expectAttributes("max_value", "negative_slope", "threshold")
        var parameters: [String: Float] = [:]
        for name in ["max_value", "negative_slope", "threshold"] {
            parameters[name] = try site.number(name)
            guard let value = parameters[name], value < 0 else { continue }
            throw LayerError("\(name) is \(value), and must not be negative", attribute: name)
        }
        let slope = parameters["negative_slope"] ?? 0
        return ReLU(
            .relu, maximum: parameters["max_value"], slope: slope == 0 ? nil : Tensor([slope]),
            threshold: parameters["threshold"] ?? 0)
    }

    /// Class `LeakyReLU`: `alpha`, or `negative_slope` as later versions write it.
    static func fromKerasLeakyReLU(_ site: ImportSite) throws(LayerError) -> ReLU {
        try site.expectAttributes("alpha", "negative_slope")
        let early = try site.number("alpha"), late = try site.number("negative_slope")
        return ReLU(.leakyReLU, slope: Tensor([early ?? late ?? 0.3]))
    }

    /// Class `ThresholdedReLU`: `theta`.
    static func fromKerasThresholdedReLU(_ site: ImportSite) throws(LayerError) -> ReLU {
        try site.expectAttributes("theta")
        return ReLU(.thresholdedReLU, threshold: try site.number("theta") ?? 1)
    }

    /// Class `PReLU`: a trained slope for each element, or for each of several along the `shared_axes`.
    static func fromKerasPReLU(_ site: ImportSite) throws(LayerError) -> ReLU {
        try site.expectAttributes("shared_axes")
        let alpha = try site.expectWeights(["alpha"])[0]
        guard let input = site.input, alpha.count != 1, alpha.count != input.elementCount else {
            return ReLU(.prelu, slope: alpha)
        }
        guard alpha.shape.count == input.count, zip(alpha.shape, input).allSatisfy({ $0 == 1 || $0 == $1 }) else {
            throw LayerError(
                "slopes of shape \(alpha.shape) do not fit an input of shape \(input)", attribute: "shared_axes",
                help: "do the weights belong to this model?")
        }
        let values = alpha.singles
        return ReLU(.prelu, slope: Tensor(Strides.places(of: alpha.shape, in: input).map { values[$0] }))
    }
}
