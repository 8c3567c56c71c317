import LayerKit
import Layers
import Options

extension Pass {
    /// before: `dense(s_j q_ij, b)`; after: `dense(q_ij) -> bn(s_j, b)`, where the weights of each output are whole multiples
    /// of a scale that is no power of two. hls4ml adds the bias as it was trained, whatever quantises it.
    static let factorKernelScales = Pass(quantized: "factor-kernel-scales") { model, node, options in
        guard let product = node.layer.product, options.leavesResult(of: node),
            let (kernel, scales) = KernelScales.factored(product.kernel)
        else { return model }
        var bias = product.bias?.doubles ?? scales.map { _ in 0 }
        if options.compat == .hls4ml, let original = node.quantizers[.bias]?.original { bias = original.doubles }
        return model.replacing(node.name, by: product.with(kernel, nil)).inserting(
            Model.Node(
                name: model.unusedName("\(node.name)_scale"), inputs: [], shape: node.outputs[0],
                layer: BatchNormalization(Affine(scale: scales, bias: bias))), behind: node.name)
    }
}
