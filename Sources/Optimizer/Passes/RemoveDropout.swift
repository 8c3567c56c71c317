import LayerKit
import Layers

extension Pass {
    /// before: `a -> dropout -> b`; after: `a -> b`. Dropout does nothing at inference, and behind this pass there is no
    /// layer left of which nothing is in the firmware.
    static let removeDropout = Pass("remove-dropout") { model, _ in
        model.rewritten { model, node in
            switch node.layer.definition.presence {
            case .nothing: model.removing(node.name)
            case .input, .operation: model
            }
        }
    }
}
