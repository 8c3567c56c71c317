import Basics

/// A text with holes, which users may read and replace: `{{ name }}`, `{{ item.field }}`, `{% for item in list %}` ...
/// `{% endfor %}`, `{% if name %}`, `{% if not name %}` ... `{% else %}` ... `{% endif %}`.
///
/// A line that holds nothing but one `{% ... %}` leaves no line behind.
struct Template: Sendable {
    indirect enum Node: Sendable {
        case text(String)
        case value([String], line: Int)
        case loop(variable: String, list: [String], line: Int, body: [Node])
        case condition([String], negated: Bool, line: Int, then: [Node], otherwise: [Node])
    }

    let name: String
    let nodes: [Node]

    /// Reads a template; `name` is its path, for messages.
    init(name: String, _ bytes: [UInt8]) throws(DiagnosticError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DiagnosticError(
                .error("the template is not UTF-8", at: SourceLocation(file: name, line: 1, column: 1)))
        }
        var parser = TemplateParser(name: name, text: text)
        self.name = name
        nodes = try parser.parse()
    }

    static func error(_ message: String, _ name: String, line: Int, help: String? = nil) -> DiagnosticError {
        DiagnosticError(.error(message, at: SourceLocation(file: name, line: line, column: 1), help: help))
    }
}
