/// One message of a log that may be a cause.
struct LogMessage {
    var severity: LogReport.Cause.Severity
    /// `HLS 207-3776`, without brackets; nil for a message that has none.
    var code: String?
    var text: String
    var line: Int
    var location: SourcePlace?
    /// The place stands before the severity, as compilers print it.
    var hasLeadingPlace = false

    static let textLimit = 1000

    /// The message of a line, nil for what is none. Fragments of two processes may share a line, so the severity is
    /// searched and not expected at the start.
    init?(_ line: Line, number: Int) {
        // Vivado echoes the scripts it runs, and a script may print or configure messages.
        if line.starts(with: "#") { return nil }
        if line.starts(with: "INFO:") {
            if let start = line.index(of: "ERROR: [") {
                self.init(line, start + 6, .error, number)
            } else if LogMessage.isSlow(line) {
                self.init(line, line.bytes.startIndex + 5, .warning, number)
            } else {
                return nil
            }
            return
        }
        if let start = LogMessage.quoted(line) ?? line.index(of: "ERROR:").map({ $0 + 6 }) {
            self.init(line, start, .error, number)
        } else if line.starts(with: "ERROR [") || line.starts(with: "@E [") {
            // Before 2016, and since then where the tool has not opened its log yet.
            self.init(line, line.bytes.startIndex + (line.starts(with: "@E") ? 2 : 5), .error, number)
        } else if let start = line.index(of: "CRITICAL WARNING: [") {
            self.init(line, start + 17, .criticalWarning, number)
        } else if let start = line.index(of: "WARNING: [") {
            self.init(line, start + 8, .warning, number)
        } else if let start = LogMessage.otherWarning(line) {
            self.init(line, start, .warning, number)
        } else if let start = LogMessage.other(line) {
            self.init(line, start, .error, number)
        } else {
            return nil
        }
    }

    private init(_ line: Line, _ start: Int, _ severity: LogReport.Cause.Severity, _ number: Int) {
        self.severity = severity
        self.line = number
        var body = Line.text(line.bytes[start...]).trimmed
        if body.hasPrefix("["), let end = body.firstIndex(of: "]") {
            code = String(body[body.index(after: body.startIndex)..<end])
            body = body[body.index(after: end)...].trimmed
        }
        // A compiler's message begins with its place: `file:line:column: error: what`.
        if code == nil, start > line.bytes.startIndex,
            let place = SourcePlace.leading(Line.text(line.bytes[..<start]))
        {
            location = place
            hasLeadingPlace = true
        }
        text = body.utf8.count <= LogMessage.textLimit ? body : String(body.prefix(LogMessage.textLimit))
        if location == nil { location = SourcePlace.find(text) }
    }

    /// Where a message begins that another quotes: `ERROR: [v++ 60-773] ... caught Tcl error: ERROR: [HLS 200-1023] ...`
    private static func quoted(_ line: Line) -> Int? {
        line.index(of: ": ERROR: [").map { $0 + 8 }
    }

    /// True for `Pipelining result : Target II = 1, Final II = 3`: the only word on an interval that is missed.
    private static func isSlow(_ line: Line) -> Bool {
        guard line.contains("Pipelining result"), let target = line.text(after: "Target II = "),
            let final = line.text(after: "Final II = ")
        else { return false }
        guard let wanted = Number.int(target.before(",")), let reached = Number.int(final.before(",")) else {
            return false
        }
        return wanted > 0 && reached > wanted
    }

    /// Where the text of a warning begins that no `WARNING: [` announces: the compiler's on pragmas, with a place before
    /// it, and the last line of an export.
    private static func otherWarning(_ line: Line) -> Int? {
        if line.starts(with: "Timing not met") { return line.bytes.startIndex }
        guard let start = line.index(of: ": warning: "), line.contains("pragma") else { return nil }
        return start + 11
    }

    /// Where the text of a message begins that no `ERROR:` announces.
    private static func other(_ line: Line) -> Int? {
        if let start = line.index(of: "error: ") {
            // `error: what` at the start, or behind a place, as compilers print it.
            if start == line.bytes.startIndex { return start + 7 }
            if line.bytes[start - 1] == UInt8(ascii: " "), line.contains(": error: ") || line.contains("fatal error: ")
            {
                return start + 7
            }
        }
        let phrases: [StaticString] = [
            "Abnormal program termination", "An unexpected error has occurred", "segfault in ", "Stack dump:",
            "no stack trace available", "bad lexical cast", "No space left on device", "std::bad_alloc",
            "Cannot allocate memory", "Segmentation fault", "undefined reference to", "command not found",
            "FATAL_ERROR:", "DEADLOCK DETECTED",
            "' returned error code",
        ]
        for phrase in phrases { if line.contains(phrase) { return line.bytes.startIndex } }
        // A shell tells which of its children was killed: `rdiArgs.sh: line 352: 11056 Killed "$RDI_PROG"`.
        if line.contains(" Killed  "), line.contains(": line ") { return line.bytes.startIndex }
        // Vivado names the command that failed on a line of its own; the reason went to the other stream.
        let body = line.trimmed
        if body.bytes.count < 40, body.bytes.count > 7, Line.text(body.bytes).hasSuffix("_design failed") {
            return line.bytes.startIndex
        }
        return nil
    }
}

/// A place in the user's sources that a message names.
struct SourcePlace: Hashable {
    var file: String
    var line: Int
    var column: Int?

    private static let separators = Set(" ()'\"~,;".utf8)

    /// The last place in a text: `(firmware/myproject.cpp:60)`, `lab2/lab2.c:15: unsupported ...`.
    static func find(_ text: String) -> SourcePlace? {
        var found: SourcePlace?
        for word in text.utf8.split(whereSeparator: { separators.contains($0) }) {
            // Without a colon there is no line; most words are told apart by that.
            if word.contains(UInt8(ascii: ":")), let place = parse(Substring(word)) { found = place }
        }
        return found
    }

    /// The place at the start of a compiler's line.
    static func leading(_ text: String) -> SourcePlace? {
        var text = text.trimmed
        for ending in ["error:", "fatal", ":"] where text.hasSuffix(ending) {
            text = text.dropLast(ending.count).trimmed
        }
        return parse(Substring(text))
    }

    /// `name.cpp:12:5`. A drive letter's colon belongs to the name.
    private static func parse(_ word: Substring) -> SourcePlace? {
        var parts = word.split(separator: ":", omittingEmptySubsequences: true)
        guard parts.count >= 2 else { return nil }
        if parts[0].count == 1, parts.count >= 3 {
            parts[1] = word[word.startIndex..<parts[1].endIndex]
            parts.removeFirst()
        }
        guard parts.count >= 2, let line = Int(parts[1]), line >= 0, isSource(parts[0]) else { return nil }
        return SourcePlace(file: String(parts[0]), line: line, column: parts.count > 2 ? Int(parts[2]) : nil)
    }

    private static func isSource(_ name: Substring) -> Bool {
        let endings = [".cpp", ".c", ".h", ".hpp", ".cc", ".cxx", ".hh", ".tcl", ".cfg", ".v", ".vhd", ".sv"]
        let lower = name.lowercased()
        return endings.contains { lower.hasSuffix($0) }
    }
}
