internal import Basics
internal import LayerKit

extension Gather {
    /// Operator `Gather` with constant indices; the axis counts the samples'.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Gather {
        try site.expectAttributes("axis", "indices")
        return Gather(
            axis: (try site.integers("axis")?.first ?? 1) - 1, indices: try site.integers("indices") ?? [])
    }
}
