import LayerKit
import Layers
import Options

extension Pass {
    /// before: `dense(w, b) -> bn(s, t)`; after: `dense(w s, b s + t)`, where nothing else reads the dense layer and no
    /// result type is stated for it. The same for any layer that can take a scale and an offset into its own weights.
    static let fuseBatchNormalization = Pass("fuse-batch-normalization") { model, options in
        model.rewritten { model, node in
            guard let normalization = node.layer.as(BatchNormalization.self), let tensor = node.inputs.first,
                let source = model[tensor.node], source.layer.as(BatchNormalization.self) == nil,
                model.useCount(of: tensor) == 1, options.leavesResult(of: source), !isAlpha(of: source, options),
                let fused = source.layer.definition.absorbing(normalization.affine), !leavesGrid(source.layer, fused)
            else { return model }
            return model.replacing(source.name, by: fused).removing(node.name)
        }
    }

    /// Whether hls4ml has split the scale off the weights before, and keeps it apart.
    private static func isAlpha(of source: Model.Node, _ options: OptionTable) -> Bool {
        options.compat == .hls4ml && source.quantizers[.kernel]?.scale != nil
    }

    /// Whether weights of few bits would become ones of many: that of a quantised model never pays.
    private static func leavesGrid(_ layer: Layer, _ fused: any ModelLayer) -> Bool {
        layer.product?.kernel.isOnGrid == true && Layer(fused).product?.kernel.isOnGrid == false
    }
}
