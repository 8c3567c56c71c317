/// How a room reads one op of one format.
public struct ImportRule: Sendable {
    public let key: ImportKey
    /// How many tensors the op takes, those with trained numbers not counted.
    public let inputs: ClosedRange<Int>
    /// What the op has to do with activations.
    public let activation: ActivationPart
    /// The layer that a site describes; throws what would not be honoured, without naming the layer.
    public let read: @Sendable (ImportSite) throws(LayerError) -> any ModelLayer

    public init(
        _ format: ImportFormat, _ op: String, inputs: ClosedRange<Int> = 1...1, activation: ActivationPart = .none,
        read: @escaping @Sendable (ImportSite) throws(LayerError) -> any ModelLayer
    ) {
        key = ImportKey(format, op)
        self.inputs = inputs
        self.activation = activation
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

/// What an op has to do with the activations that formats let a layer state for itself.
public enum ActivationPart: Hashable, Sendable {
    case none
    /// It may state one, which becomes a node behind it.
    case states
    /// It may be stated as one: an op without weights, which would have nowhere to lie by name.
    case serves
}
