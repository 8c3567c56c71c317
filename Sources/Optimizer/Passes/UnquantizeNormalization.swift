import LayerKit
import Layers

extension Pass {
    /// before: `bn(q(gamma), q(beta), q(mean), q(variance))`; after: `bn(gamma, beta, mean, variance)`: hls4ml does not look at the
    /// quantisers of a batch normalisation.
    static let unquantizeNormalization = Pass(hls4ml: "unquantize-normalization") { model, node, _ in
        guard var layer = node.layer.as(BatchNormalization.self), !node.quantizers.isEmpty else { return model }
        if let gamma = node.quantizers[.gamma]?.original { layer.gamma = gamma }
        if let beta = node.quantizers[.beta]?.original { layer.beta = beta }
        if let mean = node.quantizers[.mean]?.original { layer.mean = mean }
        if let variance = node.quantizers[.variance]?.original { layer.variance = variance }
        return model.replacing(node.name, by: layer)
    }
}
