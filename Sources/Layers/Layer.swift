public import LayerKit

/// Any layer of the catalogue, as a value.
public struct Layer: Sendable {
    public let definition: any ModelLayer

    public init(_ definition: any ModelLayer) { self.definition = definition }

    /// The layer as one of a kind; nil where it is of another.
    public func `as`<Kind: ModelLayer>(_: Kind.Type) -> Kind? { definition as? Kind }
}

extension Layer: Hashable {
    public static func == (left: Layer, right: Layer) -> Bool {
        AnyHashable(left.definition) == AnyHashable(right.definition)
    }

    public func hash(into hasher: inout Hasher) { definition.hash(into: &hasher) }
}

/// `{"dense": {"_0": {...}}}`: the layer's key, then the layer.
extension Layer: Codable {
    public init(from decoder: any Decoder) throws {
        definition = try Keyed.decode(from: decoder) { key, content in
            try Catalog.layersByKey[key].map { try content.decode($0, forKey: Keyed.value) }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        try Keyed.encode(type(of: definition).key, definition, to: encoder)
    }
}
