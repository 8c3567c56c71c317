public import LayerKit

extension Softmax {
    /// Class `Softmax`: over `axis`, which must be the last.
    public static func fromKeras(_ site: KerasSite) throws(LayerError) -> Softmax {
        try site.expectAttributes("axis")
        try site.expectLastAxis("axis")
        return Softmax(isLayerClass: true)
    }
}
