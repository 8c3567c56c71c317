/// What a template may print, test or go through.
enum TemplateValue: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    case text(String)
    case flag(Bool)
    case list([TemplateValue])
    case record([String: TemplateValue])

    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }

    static func number(_ value: Int) -> TemplateValue { .text(String(value)) }
    static func texts(_ values: [String]) -> TemplateValue { .list(values.map { .text($0) }) }

    /// Whether `{% if %}` takes it: a true flag, a text or a list that is not empty.
    var isTrue: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .flag(let flag): flag
        case .list(let list): !list.isEmpty
        case .record: true
        }
    }
}
