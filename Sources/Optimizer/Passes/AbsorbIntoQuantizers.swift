import LayerKit
import Layers
import Options

extension Pass {
    /// before: `bn(s, b) -> relu -> quantizer`; after: `quantizer of s x + b, no step below zero's`. One decision between steps
    /// is exact where a product that is rounded before it is not.
    static let absorbIntoQuantizers = Pass("absorb-into-quantizers") { model, options in
        model.rewritten { absorbing($0, $1, options) }
    }

    private static func absorbing(_ model: Model, _ node: Model.Node, _ options: OptionTable) -> Model {
        var model = model
        while options.compat == .native, let current = model[node.name],
            let layer = current.layer.as(FakeQuantizer.self),
            let source = model.soleSource(of: current, options)
        {
            if source.layer.as(ReLU.self)?.isPlain == true, let rectifying = layer.rectifying {
                model = model.replacing(node.name, by: rectifying).removing(source.name)
            } else if let normalization = source.layer.as(BatchNormalization.self) {
                model = model.replacing(node.name, by: layer.behind(normalization.affine)).removing(source.name)
            } else {
                break
            }
        }
        if let current = model[node.name], let activation = current.layer.as(QuantizedActivation.self),
            let source = model.soleSource(of: current, options),
            let normalization = source.layer.as(BatchNormalization.self),
            let behind = activation.behind(normalization.affine)
        {
            model = model.replacing(node.name, by: behind).removing(source.name)
        }
        return model
    }
}
