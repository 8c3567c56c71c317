/// How a room reads one op of one format.
public struct ImportRule: Sendable {
    public let key: ImportKey
    /// How many tensors the op takes, those with trained numbers not counted.
    public let inputs: ClosedRange<Int>
    /// The layer that a site describes; throws what would not be honoured, without naming the layer.
    public let read: @Sendable (ImportSite) throws(LayerError) -> any ModelLayer

    public init(
        _ format: ImportFormat, _ op: String, inputs: ClosedRange<Int> = 1...1,
        read: @escaping @Sendable (ImportSite) throws(LayerError) -> any ModelLayer
    ) {
        key = ImportKey(format, op)
        self.inputs = inputs
        self.read = read
    }

    /// An op without attributes and trained numbers: always the same layer.
    public init(_ format: ImportFormat, _ op: String, is layer: any ModelLayer) {
        self.init(format, op) { site throws(LayerError) in
            try site.expectAttributes()
            _ = try site.expectWeights([])
            return layer
        }
    }
}
