/// A value in a model file's description of a layer, as JSON knows them.
public enum AttributeValue: Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([AttributeValue])
    case object([String: AttributeValue])

    /// What the value is, in words, for messages: `the number 3`, `a list`.
    public var summary: String {
        switch self {
        case .null: "null"
        case .flag(let value): "\(value)"
        case .number(let value): Int(exactly: value).map { "\($0)" } ?? "\(value)"
        case .text(let value): "'\(value)'"
        case .list(let values):
            values.count <= 8
                ? "[\(values.map(\.summary).joined(separator: ", "))]" : "a list of \(values.count) values"
        case .object(let fields): (fields["class_name"]?.text).map { "an object '\($0)'" } ?? "an object"
        }
    }

    public var text: String? {
        if case .text(let value) = self { value } else { nil }
    }

    public var list: [AttributeValue]? {
        if case .list(let values) = self { values } else { nil }
    }

    public var object: [String: AttributeValue]? {
        if case .object(let fields) = self { fields } else { nil }
    }

    /// The value as a whole number; nil where it is none.
    public var integer: Int? {
        if case .number(let value) = self { Int(exactly: value) } else { nil }
    }

    public subscript(key: String) -> AttributeValue? { object?[key] }
}
