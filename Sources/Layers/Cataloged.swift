public import LayerKit

/// A table of the catalogue: every kind of value that a file can hold in one place.
public protocol CatalogTable {
    /// `any` of the protocol that the table's kinds conform to.
    associatedtype Definition: Sendable

    /// A kind by its name in JSON.
    static func kind(_ key: String) -> (any CatalogEntry.Type)?

    /// A definition as what every table's are.
    static func entry(_ definition: Definition) -> any CatalogEntry
}

/// A value of any kind that a table of the catalogue lists.
public struct Cataloged<Table: CatalogTable>: Sendable {
    public let definition: Table.Definition

    public init(_ definition: Table.Definition) { self.definition = definition }

    /// The value as one of a kind; nil where it is of another.
    public func `as`<Kind>(_: Kind.Type) -> Kind? { definition as? Kind }

    private var entry: any CatalogEntry { Table.entry(definition) }
}

/// Any layer, as a value.
public typealias Layer = Cataloged<Catalog.Layers>

/// Any operation, as a value: what a node of a Design computes.
public typealias Operation = Cataloged<Catalog.Operations>

extension Cataloged: Hashable {
    public static func == (left: Self, right: Self) -> Bool { AnyHashable(left.entry) == AnyHashable(right.entry) }

    public func hash(into hasher: inout Hasher) { entry.hash(into: &hasher) }
}

/// `{"dense": {"_0": {...}}}`: the kind's key, then the value.
extension Cataloged: Codable {
    public init(from decoder: any Decoder) throws {
        definition = try Keyed.decode(from: decoder) { key, content in
            try Table.kind(key).flatMap { try content.decode($0, forKey: Keyed.value) as? Table.Definition }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        let entry = entry
        try Keyed.encode(type(of: entry).key, entry, to: encoder)
    }
}
