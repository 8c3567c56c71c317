import LayerKit
import Layers

extension Pass {
    /// before: `bn(s1, b1) -> bn(s2, b2)`; after: `bn(s1 s2, s2 b1 + b2)`, where nothing else reads between them and no
    /// type is stated there.
    static let fuseConsecutiveBatchNormalization = Pass("fuse-consecutive-batch-normalization") { model, options in
        model.rewritten { model, node in
            guard case .batchNormalization(let second) = node.layer, let name = node.inputs.first,
                let source = model[name], case .batchNormalization(let first) = source.layer,
                model.useCount(of: name) == 1, options.leavesResult(of: source)
            else { return model }
            return model.replacing(node.name, by: .batchNormalization(merged(first.affine, second.affine)))
                .removing(name)
        }
    }

    private static func merged(_ first: (scale: Tensor, bias: Tensor), _ second: (scale: Tensor, bias: Tensor))
        -> BatchNormalization
    {
        let scale = second.scale.singles
        let scales = zip(first.scale.singles, scale).map { $0 * $1 }
        let biases = zip(zip(first.bias.singles, scale), second.bias.singles).map { $0.1 * $0.0 + $1 }
        return BatchNormalization(scale: Tensor(scales), bias: Tensor(biases))
    }
}
