/// One thing to tell the user: what is wrong, where, and what would be right.
///
/// Diagnostics are values. They are collected, sorted and compared; text is made of them in one place (`rendered`).
public struct Diagnostic: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable { case error, warning, note }

    public var severity: Severity
    /// What is wrong, without a trailing full stop and without the location.
    public var message: String
    /// What would be right: a legal value, a spelling, a command.
    public var help: String?
    public var location: SourceLocation?
    /// Where the diagnostic belongs when it was raised far from the text: a path of keys into the project file, for
    /// example `["layers", "fc1", "reuse"]`. `Project.locate(_:)` finds the deepest part of it that was written.
    public var subject: [String]
    public var notes: [Note]

    /// A second place that explains the first, for example the first of two duplicate keys.
    public struct Note: Hashable, Sendable {
        public var message: String
        public var location: SourceLocation?

        public init(_ message: String, at location: SourceLocation? = nil) {
            self.message = message
            self.location = location
        }
    }

    public init(
        _ severity: Severity, _ message: String, at location: SourceLocation? = nil, subject: [String] = [],
        help: String? = nil, notes: [Note] = []
    ) {
        self.severity = severity
        self.message = Self.bounded(message)
        self.help = help.map(Self.bounded)
        self.location = location
        self.subject = subject
        self.notes = notes
    }

    /// As much of a text as anybody reads, its beginning and its end: names and values in it may be megabytes of
    /// somebody's file.
    private static func bounded(_ text: String) -> String {
        if text.utf8.count <= 10_000 { return text }
        return String(text.unicodeScalars.prefix(2000)) + " ... " + String(text.unicodeScalars.suffix(500))
    }

    public static func error(
        _ message: String, at location: SourceLocation? = nil, subject: [String] = [], help: String? = nil,
        notes: [Note] = []
    ) -> Diagnostic {
        Diagnostic(.error, message, at: location, subject: subject, help: help, notes: notes)
    }

    public static func warning(
        _ message: String, at location: SourceLocation? = nil, subject: [String] = [], help: String? = nil,
        notes: [Note] = []
    ) -> Diagnostic {
        Diagnostic(.warning, message, at: location, subject: subject, help: help, notes: notes)
    }

    /// `file:line:column: error: what`, then a `help:` line, then the notes; each on one line, whatever names and texts
    /// of others are in it.
    public var rendered: String { rendered { word, _ in word } }

    /// The same with its first words painted.
    ///
    /// - Parameter paint: gives a word as it is to be shown; the word is fit to be shown itself.
    public func rendered(_ paint: (String, Word) -> String) -> String {
        func line(_ location: SourceLocation?, _ word: Word, _ text: String) -> String {
            let place = location.map { paint("\($0):".visible, .place) + " " } ?? ""
            return place + paint(word.text + ":", word) + " " + text.visible + "\n"
        }
        return line(location, .severity(severity), message) + (help.map { line(nil, .help, $0) } ?? "")
            + notes.map { line($0.location, .severity(.note), $0.message) }.joined()
    }

    /// What a line of a diagnostic begins with.
    public enum Word: Hashable, Sendable {
        case place
        case severity(Severity)
        case help

        fileprivate var text: String {
            switch self {
            case .place: ""
            case .severity(let severity): severity.rawValue
            case .help: "help"
            }
        }
    }
}

/// An error made of diagnostics: everything that is wrong with one input, not only the first of it.
public struct DiagnosticError: Error, Sendable, CustomStringConvertible {
    public var diagnostics: [Diagnostic]

    public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    public init(_ diagnostic: Diagnostic) { self.diagnostics = [diagnostic] }

    public var description: String { diagnostics.map(\.rendered).joined() }
}
