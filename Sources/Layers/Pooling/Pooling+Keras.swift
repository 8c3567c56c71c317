internal import LayerKit

extension Pooling {
    static var kerasImports: [ImportRule] {
        [(1, Kind.max), (2, .max), (3, .max), (1, .average), (2, .average), (3, .average)].map { rank, kind in
            let op = (kind == .max ? "Max" : "Average") + "Pooling\(rank)D"
            return ImportRule(.keras, op) { site throws(LayerError) in try fromKeras(site, rank, kind) }
        }
    }

    /// Classes `MaxPooling1D`, `AveragePooling2D`, ...: strides are as large as the window where none are stated, and
    /// padding counts for nothing.
    private static func fromKeras(_ site: ImportSite, _ rank: Int, _ kind: Kind) throws(LayerError) -> Pooling {
        try site.expectAttributes("pool_size", "strides", "padding", "data_format")
        try site.expectChannelsLast()
        let window = try site.perAxis("pool_size", rank, default: [2])
        let strides = try site.perAxis("strides", rank, default: window)
        return Pooling(
            kind, window: window, strides: strides, pads: try site.pads(window, strides, window.map { _ in 1 }))
    }
}
