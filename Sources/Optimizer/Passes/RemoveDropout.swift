import Layers

extension Pass {
    /// before: `a -> dropout -> b`; after: `a -> b`. Dropout does nothing at inference.
    static let removeDropout = Pass("remove-dropout") { model, _ in
        model.rewritten { model, node in
            if case .dropout = node.layer { model.removing(node.name) } else { model }
        }
    }
}
