import LayerKit
import Layers

extension Pass {
    /// before: `a -> bn(scale 1, bias 0) -> b`; after: `a -> b`.
    static let removeIdentityBatchNormalization = Pass("remove-identity-batch-normalization") { model, _ in
        model.rewritten { model, node in
            guard let layer = node.layer.as(BatchNormalization.self) else { return model }
            let affine = layer.affine
            let isIdentity = affine.scale.singles.allSatisfy { $0 == 1 } && affine.bias.singles.allSatisfy { $0 == 0 }
            return isIdentity ? model.removing(node.name) : model
        }
    }
}
