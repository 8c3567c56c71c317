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
        let scale = affine.scale.singles, offset = affine.bias.singles, own = dense.bias?.singles
        let kernel = dense.kernel.singles.enumerated().map { index, weight in weight * scale[index % scale.count] }
        let bias = offset.indices.map { j in own.map { scale[j] * $0[j] + offset[j] } ?? offset[j] }
        return Dense(kernel: Tensor(shape: dense.kernel.shape, values: kernel) ?? dense.kernel, bias: Tensor(bias))
    }
}
