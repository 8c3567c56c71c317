import LayerKit
import Layers

extension Pass {
    /// before: `dense(w, b) -> bn(s, t)`; after: `dense(w s, b s + t)`, where nothing else reads the dense layer and no
    /// result type is stated for it.
    static let fuseBatchNormalization = Pass("fuse-batch-normalization") { model, options in
        model.rewritten { model, node in
            guard case .batchNormalization(let normalization) = node.layer, let name = node.inputs.first,
                let source = model[name], case .dense(let dense) = source.layer,
                model.useCount(of: name) == 1, options.leavesResult(of: source)
            else { return model }
            return model.replacing(name, by: .dense(fused(dense, normalization.affine))).removing(node.name)
        }
    }

    private static func fused(_ dense: Dense, _ affine: (scale: Tensor, bias: Tensor)) -> Dense {
        var kernel = dense.kernel
        let outputs = affine.scale.values.count
        for index in kernel.values.indices { kernel.values[index] *= affine.scale.values[index % outputs] }
        var bias = affine.bias
        if let own = dense.bias {
            for j in bias.values.indices {
                bias.values[j] = affine.scale.values[j] * own.values[j] + affine.bias.values[j]
            }
        }
        return Dense(kernel: kernel, bias: bias)
    }
}
