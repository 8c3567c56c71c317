import LayerKit
import Layers

extension Pass {
    /// before: `quantizer(scale s)`; after: `quantizer(whole steps) -> bn(s, 0)`, where s is no power of two: no grid of
    /// fixed point holds its multiples, but every one holds whole steps.
    static let splitQuantizerScales = Pass(quantized: "split-quantizer-scales") { model, node, _ in
        let channels = node.outputs.first?.last ?? 1
        guard let layer = node.layer.as(FakeQuantizer.self),
            let (steps, scale) = layer.splittingScale(channels: channels)
        else { return model }
        return model.replacing(node.name, by: steps).inserting(
            Model.Node(
                name: model.unusedName("\(node.name)_scale"), inputs: [], shape: node.outputs[0],
                layer: BatchNormalization(scale)), behind: node.name)
    }
}
