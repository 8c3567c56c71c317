import FixedPoint
import LayerKit
import Layers
import Options

extension Pass {
    /// before: `dense -> linear -> b`; after: `dense -> b`, unless a type of its own makes the linear layer a cast.
    ///
    /// Under `compat: hls4ml` the layer goes where its type equals that of its source, or where the source's type is
    /// left to inference (its own type is then ignored), as hls4ml's two passes do. QKeras' `quantized_bits` between layers is such
    /// a layer there.
    static let removeLinear = Pass("remove-linear") { model, options in
        model.rewritten { model, node in
            guard isLinear(node, model, options.compat), let source = node.inputs.first.flatMap({ model[$0.node] })
            else {
                return model
            }
            return isIdentity(node, after: source, options) ? model.removing(node.name) : model
        }
    }

    private static func isLinear(_ node: Model.Node, _ model: Model, _ compat: Compat) -> Bool {
        if node.layer.as(Linear.self) != nil { return true }
        guard compat == .hls4ml, let type = node.layer.as(QuantizedActivation.self)?.saturatingType else {
            return false
        }
        return type.signed && type.rounding == .rndConv && model.soleNamelessSource(of: node) == nil
    }

    private static func isIdentity(_ node: Model.Node, after source: Model.Node, _ options: OptionTable) -> Bool {
        let own = options.precision(.result, layer: node.name, type: node.layer.definition.typeName)
        let other = options.precision(.result, layer: source.name, type: source.layer.definition.typeName)
        switch options.compat {
        case .native:
            let stated = options.precision(exactly: .result, layer: node.name, type: node.layer.definition.typeName)
            return stated == nil || stated == .auto
        case .hls4ml:
            return own == other || other == .auto && leavesItsType(source.layer.definition)
        }
    }

    /// Whether hls4ml lets a layer take the place of the activation behind it.
    private static func leavesItsType(_ layer: any ModelLayer) -> Bool {
        layer is Dense || layer is Convolution || layer is BatchNormalization || layer is Linear || layer is ReLU
            || layer is ELU || layer is TableActivation || layer is HardSigmoid || layer is Softmax
            || layer is QuantizedActivation
    }
}
