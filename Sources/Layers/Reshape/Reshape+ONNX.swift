internal import Basics
internal import LayerKit

extension Reshape {
    /// Operator `Reshape`, `Flatten`, `Squeeze` or `Unsqueeze`: the shape, with the samples' axis first.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Reshape {
        try site.expectAttributes("shape")
        return Reshape(target: Array(try (site.integers("shape") ?? []).dropFirst()))
    }
}
