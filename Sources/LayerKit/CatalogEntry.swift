/// What has a name of its own in a table of the catalogue: a kind of layer, a kind of operation.
public protocol CatalogEntry: Hashable, Sendable, Codable {
    /// The kind's name in JSON, unlike any other's of its table.
    static var key: String { get }
}
