import LayerKit
import Layers
import Options

extension Pass {
    /// before: `dense -> quantizer`; after: `dense`, its sum cast once, to the quantiser's type. Where that is a type, and nothing
    /// else reads the sum.
    static let fuseQuantizers = Pass(quantized: "fuse-quantizers") { model, node, options in
        guard let source = model.soleSource(of: node, options),
            case .uniform(let type)? = node.layer.as(FakeQuantizer.self)?.castTypes(in: node.outputs[0]),
            takesTypes(source.layer, options.compat)
        else { return model }
        return model.removing(node.name).typing(source.name, as: type)
    }

    /// Whether a layer's result is an exact sum that is cast once.
    private static func takesTypes(_ layer: Layer, _ compat: Compat) -> Bool {
        if layer.product != nil { return true }
        switch compat {
        case .native: return false
        case .hls4ml: return layer.as(ReLU.self) != nil || layer.as(BatchNormalization.self) != nil
        }
    }
}
