import LayerKit
import Layers
import Options

extension Pass {
    /// before: `bn(s, 0) -> dense(w, b)`; after: `dense(w) -> bn(s, b)`: a scale moves down until a quantiser takes it in. So it
    /// does past rectifiers and largest elements, and two that meet become one.
    static let moveScales = Pass(quantized: "move-scales") { model, node, options in
        guard let source = model.soleSource(of: node, options), let scale = source.layer.as(BatchNormalization.self)
        else { return model }
        let affine = scale.affine
        if let next = node.layer.as(BatchNormalization.self), isQuantized(source, model) {
            return model.replacing(node.name, by: BatchNormalization(affine.followed(by: next.affine)))
                .removing(source.name)
        }
        guard options.leavesResult(of: node), isQuantized(source, model) else { return model }
        let channels = node.outputs[0].last ?? 1
        var moved: Affine?
        var layer: any ModelLayer = node.layer.definition
        if let dense = node.layer.as(Dense.self), let factor = affine.pureScale {
            moved = .scaling(factor, channels: channels)
            if let bias = dense.bias { moved?.bias = Tensor(doubles: bias.doubles) }
            layer = Dense(kernel: dense.kernel, bias: nil)
        } else if let relu = node.layer.as(ReLU.self), relu.isPlain, affine.hasNoBias, options.compat == .native,
            affine.scale.doubles.allSatisfy({ $0 > 0 })
        {
            moved = affine
        } else if node.layer.as(Reshape.self) != nil, let factor = affine.pureScale {
            moved = .scaling(factor, channels: channels)
        } else if let pooling = node.layer.as(Pooling.self), pooling.kind == .max,
            affine.scale.doubles.allSatisfy({ $0 > 0 })
        {
            moved = affine
        }
        guard let moved else { return model }
        return model.removing(source.name).replacing(node.name, by: layer).inserting(
            Model.Node(name: source.name, inputs: [], shape: node.outputs[0], layer: BatchNormalization(moved)),
            behind: node.name)
    }

    /// Whether what a scale is applied to is on a grid: only there it is worth moving.
    private static func isQuantized(_ node: Model.Node, _ model: Model) -> Bool {
        guard let source = node.inputs.first.flatMap({ model[$0.node] }) else { return false }
        if source.layer.as(FakeQuantizer.self) != nil || source.layer.as(QuantizedActivation.self) != nil {
            return true
        }
        return source.layer.as(Dense.self)?.kernel.isOnGrid ?? (source.layer.as(ReLU.self) != nil)
    }
}
