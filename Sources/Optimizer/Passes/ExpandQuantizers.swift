import LayerKit
import Layers

extension Pass {
    /// before: `quantizer(scale s, whole steps)`; after: `bn(1 / s, zero)`, cast to the type of the steps: how hls4ml computes a
    /// quantiser whose scale is no power of two.
    static let expandQuantizers = Pass(hls4ml: "expand-quantizers") { model, node, _ in
        let channels = node.outputs.first?.last ?? 1
        guard let (affine, type) = node.layer.as(FakeQuantizer.self)?.asScaledCast(channels: channels) else {
            return model
        }
        return model.replacing(node.name, by: BatchNormalization(affine)).typing(node.name, as: type)
    }
}
