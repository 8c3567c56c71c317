internal import Basics
internal import LayerKit

extension ReLU {
    /// Operator `LeakyRelu`.
    static func fromONNXLeakyRelu(_ site: ImportSite) throws(LayerError) -> ReLU {
        try site.expectAttributes("alpha")
        return ReLU(.leakyReLU, slope: Tensor([try site.number("alpha") ?? 0.01]))
    }

    /// Operator `ThresholdedRelu`.
    static func fromONNXThresholdedRelu(_ site: ImportSite) throws(LayerError) -> ReLU {
        try site.expectAttributes("alpha")
        return ReLU(.thresholdedReLU, threshold: try site.number("alpha") ?? 1)
    }

    /// Operator `PRelu`: slopes that go along with the input, given to every element.
    static func fromONNXPRelu(_ site: ImportSite) throws(LayerError) -> ReLU {
        try site.expectAttributes()
        let slope = try site.expectWeights(["slope"])[0]
        guard slope.count > 1, let shape = site.input, let places = Merge.places(of: slope.shape, in: shape) else {
            return ReLU(.prelu, slope: slope)
        }
        let values = slope.singles
        return ReLU(.prelu, slope: Tensor(shape: shape, values: places.map { values[$0] }) ?? slope)
    }
}
