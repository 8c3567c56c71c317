internal import LayerKit

extension Softmax {
    /// Class `Softmax`: over `axis`, which must be the last.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> Softmax {
        try site.expectAttributes("axis")
        try site.expectLastAxis("axis")
        return Softmax(isLayerClass: true)
    }
}
