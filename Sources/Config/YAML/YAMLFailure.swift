internal import Basics

/// libyaml's complaint, in words that say what to change.
struct YAMLFailure {
    var problem: String
    var at: SourceLocation
    var context: String?
    var begunAt: SourceLocation
    var bytes: UnsafeMutableBufferPointer<UInt8>
    var file: String

    var diagnostic: Diagnostic {
        if let tab { return .error("a tab cannot indent", at: tab, help: "use spaces") }
        let notes: [Diagnostic.Note] =
            context == nil || begunAt == at ? [] : [.init("what is not finished begins here", at: begunAt)]
        let (message, help) = Self.words(problem, context: context)
        return .error(message, at: at, help: help, notes: notes)
    }

    /// The first tab in the white space that begins the line of the problem.
    private var tab: SourceLocation? {
        var line = 1
        var index = 0
        while index < bytes.count, line < at.line {
            if bytes[index] == 10 { line += 1 }
            index += 1
        }
        guard line == at.line else { return nil }
        var column = 1
        while index < bytes.count, bytes[index] == 32 || bytes[index] == 9 {
            if bytes[index] == 9 { return SourceLocation(file: file, line: line, column: column) }
            index += 1
            column += 1
        }
        return nil
    }

    private static func words(_ problem: String, context: String?) -> (message: String, help: String) {
        switch problem {
        case "mapping values are not allowed in this context":
            (
                "a ':' that makes no sense here",
                "indent the keys of one mapping alike, and quote a text that holds ': '"
            )
        case "did not find expected key", "did not find expected '-' indicator":
            ("this line does not belong to what stands above it", "indent the entries of one mapping or list alike")
        case "could not find expected ':'":
            ("a key without ':'", "write 'key: value', with a space behind the colon")
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            (
                "expected ',' or the closing bracket",
                "close the bracket, and quote texts that hold any of ',', '[', ']', '{' or '}'"
            )
        case "found unexpected end of stream":
            ("the text ends within quotes", "close the quotes")
        case "found character that cannot start any token":
            ("a character that cannot begin a value", "quote the text")
        case "did not find expected node content":
            ("a value is missing here", "write a value, or quote the text")
        case "found undefined tag handle":
            ("this tag has no meaning", "remove the tag, or quote the text that begins with '!'")
        case "found unknown escape character":
            ("an unknown escape in double quotes", "write '\\\\' for a backslash, or use single quotes")
        default:
            ("the text is not YAML: \(context.map { $0 + ", " } ?? "")\(problem)", "see yaml.org/spec for the syntax")
        }
    }
}
