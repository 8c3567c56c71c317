public import LayerKit

/// Any operation of the catalogue, as a value: what a node of a Design computes.
public struct Operation: Sendable {
    public let definition: any DesignOperation

    public init(_ definition: any DesignOperation) { self.definition = definition }

    /// The operation as one of a kind; nil where it is of another.
    public func `as`<Kind: DesignOperation>(_: Kind.Type) -> Kind? { definition as? Kind }
}

extension Operation: Hashable {
    public static func == (left: Operation, right: Operation) -> Bool {
        AnyHashable(left.definition) == AnyHashable(right.definition)
    }

    public func hash(into hasher: inout Hasher) { definition.hash(into: &hasher) }
}

/// `{"dense": {"_0": {...}}}`: the operation's key, then the operation.
extension Operation: Codable {
    public init(from decoder: any Decoder) throws {
        definition = try Keyed.decode(from: decoder) { key, content in
            try Catalog.operationsByKey[key].map { try content.decode($0, forKey: Keyed.value) }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        try Keyed.encode(type(of: definition).key, definition, to: encoder)
    }
}
