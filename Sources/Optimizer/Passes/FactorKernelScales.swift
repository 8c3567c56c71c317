import LayerKit
import Layers

extension Pass {
    /// before: `dense(s_j q_ij, b)`; after: `dense(q_ij) -> bn(s_j, b)`, where the weights of each output are whole multiples
    /// of a scale that is no power of two.
    static let factorKernelScales = Pass(quantized: "factor-kernel-scales") { model, node, options in
        guard let dense = node.layer.as(Dense.self), options.leavesResult(of: node),
            let (kernel, scales) = KernelScales.factored(dense.kernel)
        else { return model }
        let bias = dense.bias?.doubles ?? scales.map { _ in 0 }
        return model.replacing(node.name, by: Dense(kernel: kernel, bias: nil)).inserting(
            Model.Node(
                name: model.unusedName("\(node.name)_scale"), inputs: [], shape: node.outputs[0],
                layer: BatchNormalization(Affine(scale: scales, bias: bias))), behind: node.name)
    }
}
