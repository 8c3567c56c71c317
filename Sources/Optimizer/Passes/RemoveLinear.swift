import LayerKit
import Layers
import Options

extension Pass {
    /// before: `dense -> linear -> b`; after: `dense -> b`, unless a type of its own makes the linear layer a cast.
    ///
    /// Under `compat: hls4ml` the layer goes where its type equals that of its source, or where the source's type is
    /// left to inference (its own type is then ignored), as hls4ml's two passes do.
    static let removeLinear = Pass("remove-linear") { model, options in
        model.rewritten { model, node in
            guard node.layer.as(Linear.self) != nil, let source = node.inputs.first.flatMap({ model[$0.node] }) else {
                return model
            }
            return isIdentity(node, after: source, options) ? model.removing(node.name) : model
        }
    }

    private static func isIdentity(_ node: Model.Node, after source: Model.Node, _ options: OptionTable) -> Bool {
        let own = options.precision(.result, layer: node.name, type: node.layer.definition.typeName)
        let other = options.precision(.result, layer: source.name, type: source.layer.definition.typeName)
        switch options.compat {
        case .native:
            let stated = options.precision(exactly: .result, layer: node.name, type: node.layer.definition.typeName)
            return stated == nil || stated == .auto
        case .hls4ml:
            let definition = source.layer.definition
            let isInferred =
                definition.presence == .operation && definition.precisionRoles.contains(.result) && other == .auto
            return own == other || isInferred
        }
    }
}
