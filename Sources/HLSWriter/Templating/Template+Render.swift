import Basics

extension Template {
    /// The text with its holes filled. An unknown name is an error that says what is known.
    func render(_ values: [String: TemplateValue]) throws(DiagnosticError) -> String {
        var text = ""
        try render(nodes, values, into: &text)
        return text
    }

    private func render(_ nodes: [Node], _ values: [String: TemplateValue], into text: inout String)
        throws(DiagnosticError)
    {
        for node in nodes {
            switch node {
            case .text(let literal): text += literal
            case .value(let path, let line):
                guard case .text(let value) = try look(path, values, line) else {
                    throw Self.error("'\(path.joined(separator: "."))' is not a text", name, line: line)
                }
                text += value
            case .loop(let variable, let path, let line, let body):
                guard case .list(let items) = try look(path, values, line) else {
                    throw Self.error("'\(path.joined(separator: "."))' is not a list", name, line: line)
                }
                var inner = values
                for (index, item) in items.enumerated() {
                    inner[variable] = item
                    inner["last"] = .flag(index == items.count - 1)
                    try render(body, inner, into: &text)
                }
            case .condition(let path, let negated, let line, let then, let otherwise):
                let holds = try look(path, values, line).isTrue != negated
                try render(holds ? then : otherwise, values, into: &text)
            }
        }
    }

    private func look(_ path: [String], _ values: [String: TemplateValue], _ line: Int) throws(DiagnosticError)
        -> TemplateValue
    {
        var known = values
        var found: TemplateValue?
        for part in path {
            guard let value = known[part] else {
                let nearest = Spelling.nearest(to: part, in: known.keys.sorted()).map { "did you mean '\($0)'? " } ?? ""
                throw Self.error(
                    "'\(part)' is not known here", name, line: line,
                    help: nearest + "known are: " + known.keys.sorted().joined(separator: ", "))
            }
            found = value
            if case .record(let fields) = value { known = fields } else { known = [:] }
        }
        guard let found else { throw Self.error("'{{ }}' holds no name", name, line: line) }
        return found
    }
}
