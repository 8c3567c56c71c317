import FixedPoint
import LayerKit
import Layers

extension Pass {
    /// before: `cast<fixed<8,3,RND_CONV,SAT>>`; after: `quantizer(scale 2^-5, -128...127, half to even)`. One form for what
    /// saturates at the ends of a type, so that what is before it can be taken in.
    static let unifyQuantizers = Pass(native: "unify-quantizers") { model, node, _ in
        guard let layer = node.layer.as(QuantizedActivation.self), let quantizer = FakeQuantizer(layer) else {
            return model
        }
        return model.replacing(node.name, by: quantizer)
    }
}
