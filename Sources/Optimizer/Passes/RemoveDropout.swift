import LayerKit
import Layers

extension Pass {
    /// before: `a -> dropout -> b`; after: `a -> b`. Dropout does nothing at inference.
    static let removeDropout = Pass("remove-dropout") { model, _ in
        model.rewritten { model, node in
            switch node.layer.definition.presence {
            case .nothing: model.removing(node.name)
            case .input, .operation: model
            }
        }
    }
}
