import Layers
import Options

extension OptionTable {
    /// The options with those of separable convolutions given to the two layers that they become, called as the
    /// convolution with `_depthwise` and `_pointwise` behind: each half's own words under the name of the half, and what is
    /// said of both for both.
    func dividingSeparable(_ model: Model) -> OptionTable {
        var result = self
        let layers = LayerNames(model.nodes.map(\.name))
        for (name, options) in self.layers {
            guard case .nothing = layers.meaning(of: name),
                case .layer(let depthwise) = layers.meaning(of: name + "_depthwise"),
                case .layer(let pointwise) = layers.meaning(of: name + "_pointwise")
            else { continue }
            result.layers[name] = nil
            let first = options.half(
                [.weight: .depthwise, .accum: .depthwiseAccum, .result: .depthwiseResult], options.depthwiseReuse)
            let second = options.half(
                [.weight: .pointwise, .accum: .pointwiseAccum, .bias: .bias, .result: .result], options.pointwiseReuse)
            // What is stated under the half's own name is stronger.
            if result.layers[depthwise] == nil { result.layers[depthwise] = first }
            if result.layers[pointwise] == nil { result.layers[pointwise] = second }
        }
        return result
    }
}

extension LayerOptions {
    /// The options of a half, whose types are stated under other names.
    fileprivate func half(_ roles: [PrecisionRole: PrecisionRole], _ ownReuse: Int?) -> LayerOptions {
        var half = self
        half.precision = [:]
        for (role, name) in roles { half.precision[role] = precision[name] }
        half.reuse = ownReuse ?? reuse
        half.depthwiseReuse = nil
        half.pointwiseReuse = nil
        return half
    }
}
