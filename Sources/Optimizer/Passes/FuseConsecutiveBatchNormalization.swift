import LayerKit
import Layers

extension Pass {
    /// before: `bn(s1, b1) -> bn(s2, b2)`; after: `bn(s1 s2, s2 b1 + b2)`, where nothing else reads between them and no
    /// type is stated there.
    static let fuseConsecutiveBatchNormalization = Pass("fuse-consecutive-batch-normalization") { model, options in
        model.rewritten { model, node in
            guard let second = node.layer.as(BatchNormalization.self), let tensor = node.inputs.first,
                let source = model[tensor.node], let first = source.layer.as(BatchNormalization.self),
                model.useCount(of: tensor) == 1, options.leavesResult(of: source),
                let merged = first.absorbing(second.affine)
            else { return model }
            return model.replacing(node.name, by: merged).removing(source.name)
        }
    }
}
