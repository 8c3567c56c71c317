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

extension Shape {
    /// A pattern of a word whatever its capitals: the patterns of a schema have no sign for that.
    static func inAnyCase(_ word: String) -> String {
        word.map { letter in
            let small = letter.lowercased(), capital = letter.uppercased()
            return small == capital ? String(letter) : "[" + small + capital + "]"
        }.joined()
    }
}
