/// What a value may look like, as JSON Schema says it. Every `Kind` carries one, so that the parser and the schema
/// cannot disagree.
indirect enum Shape: Hashable, Sendable {
    case text(pattern: String? = nil)
    case choice([String])
    case whole(min: Int, max: Int?)
    case number
    case boolean
    case list(Shape)
    case either([Shape])
    /// A mapping with these keys.
    case object([Property])
    /// A mapping from names that the user chooses.
    case named(Shape)
    case anything

    struct Property: Hashable, Sendable {
        var name: String
        var doc: String
        var shape: Shape
        var standard: String?
        var required: Bool
    }
}
