/// Tells logs from the sources, scripts and documents that quote their messages.
struct LogShape {
    /// A line was seen that only logs have at its beginning: text that quotes a message puts a mark before it.
    var isAnnounced = false
    private var isDocument = false
    private var beginsAsSource = false
    private var lines = 0
    private var messages = 0

    init() {}

    /// The text begins as sources do, and messages are rare in it; or it is a document with pieces of code.
    var isSource: Bool { isDocument || (beginsAsSource && messages * 4 < lines) }

    mutating func note(_ line: Line) {
        if line.isBlank { return }
        if lines == 0 { beginsAsSource = Self.isSource(line) }
        lines += 1
        if line.starts(with: "```") { isDocument = true }
        if Self.announces(line) {
            isAnnounced = true
            messages += 1
        }
    }

    /// A line that only logs hold.
    private static func announces(_ line: Line) -> Bool {
        let starts: [StaticString] = [
            "INFO: [", "WARNING: [", "ERROR: [", "CRITICAL WARNING: [", "@I [", "@W [", "@E [", "ERROR [",
            "Abnormal program termination (",
            "no stack trace available",
        ]
        if starts.contains(where: { line.starts(with: $0) }) { return true }
        guard let warning = line.index(of: ": warning: ") else { return false }
        return SourcePlace.leading(Line.text(line.bytes[..<warning])) != nil
    }

    /// The first line of a source, a script or a document; Vivado's own logs begin with `#---` and `# Vivado`.
    private static func isSource(_ line: Line) -> Bool {
        let starts: [StaticString] = [
            "//", "/*", "#include", "#pragma", "#if", "#!", "import ", "from ", "package ", "@", "\"", "'", "{",
            "%YAML",
        ]
        if starts.contains(where: { line.starts(with: $0) }) { return true }
        let heading = line.bytes.drop { $0 == UInt8(ascii: "#") }
        return heading.count < line.bytes.count && heading.first == 0x20 && !line.contains(" Vivado v")
    }
}
