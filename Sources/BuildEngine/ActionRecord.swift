internal import Basics

/// The recorded result of an action that succeeded.
struct ActionRecord: Hashable, Sendable {
    struct Output: Hashable, Sendable {
        var path: String
        var digest: Digest
        var size: Int
        var executable: Bool
    }

    var key: Digest
    var components: [KeyComponent]
    var outputs: [Output]
    var diagnostics: [Diagnostic]
    /// What the command printed; nil for pure steps.
    var log: Digest?
    /// Bytes of the log; only in records that are shared, where contents are asked for by digest and size.
    var logSize: Int?
    /// Seconds that it took.
    var seconds: Double

    /// All contents that the record refers to.
    var blobs: [Digest] { outputs.map(\.digest) + (log.map { [$0] } ?? []) }

    /// The same of a record that is shared.
    var contents: [Content] {
        outputs.map { Content($0.digest, size: $0.size) } + (log.map { [Content($0, size: logSize ?? 0)] } ?? [])
    }
}

extension ActionRecord {
    private static let header = "hlsbuild-action"
    static let formatVersion = 1

    /// The record as lines of fields; the last holds the digest of all before.
    var encoded: [UInt8] {
        var text = ""
        func line(_ fields: String...) { text += SealedLine.join(fields) + "\n" }
        line(Self.header, String(Self.formatVersion))
        line("key", key.hex)
        line("seconds", String(seconds))
        for component in components { line("part", component.kind.rawValue, component.name, component.value) }
        for output in outputs {
            line("output", output.path, output.digest.hex, String(output.size), output.executable ? "x" : "-")
        }
        for diagnostic in diagnostics { text += SealedLine.join(["says"] + diagnostic.fields) + "\n" }
        if let log, let logSize { line("log", log.hex, String(logSize)) } else if let log { line("log", log.hex) }
        text += "end\t\(Digest(of: text).hex)\n"
        return Array(text.utf8)
    }

    /// Reads what `encoded` gave. Nil if anything about it is not as it was written, or if it is of a newer format.
    init?(encoded bytes: [UInt8]) {
        let seal = 4 + 64 + 1
        guard bytes.count > seal else { return nil }
        let body = Array(bytes.dropLast(seal))
        guard Array("end\t\(Digest(of: body).hex)\n".utf8) == Array(bytes.suffix(seal)) else { return nil }
        var lines = body.split(separator: 10).map { SealedLine.split(String(decoding: $0, as: UTF8.self)) }[...]
        guard let first = lines.popFirst(), first == [Self.header, String(Self.formatVersion)],
            let second = lines.popFirst(), second.count == 2, let key = Digest(hex: second[1])
        else { return nil }
        self.init(key: key, components: [], outputs: [], diagnostics: [], log: nil, seconds: 0)
        for line in lines {
            guard add(line) else { return nil }
        }
    }

    private mutating func add(_ line: [String]) -> Bool {
        switch (line.first, line.count) {
        case ("seconds", 2): seconds = Double(line[1]) ?? 0
        case ("part", 4):
            guard let kind = KeyComponent.Kind(rawValue: line[1]) else { return false }
            components.append(KeyComponent(kind: kind, name: line[2], stored: line[3]))
        case ("output", 5):
            guard let digest = Digest(hex: line[2]), let size = Int(line[3]) else { return false }
            outputs.append(Output(path: line[1], digest: digest, size: size, executable: line[4] == "x"))
        case ("says", _):
            guard let diagnostic = Diagnostic(fields: line.dropFirst()) else { return false }
            diagnostics.append(diagnostic)
        case ("log", 2): log = Digest(hex: line[1])
        case ("log", 3):
            log = Digest(hex: line[1])
            logSize = Int(line[2])
        default: return false
        }
        return true
    }
}

extension Diagnostic {
    /// The diagnostic as fields of a line.
    var fields: [String] {
        func place(_ location: SourceLocation?) -> [String] {
            guard let location else { return ["", "", ""] }
            return [location.file, String(location.line), String(location.column)]
        }
        return [severity.rawValue, message] + (help.map { ["1", $0] } ?? ["0", ""]) + place(location)
            + [String(subject.count)] + subject + notes.flatMap { [$0.message] + place($0.location) }
    }

    init?(fields: some Collection<String>) {
        let fields = Array(fields)
        func place(_ at: Int) -> SourceLocation? {
            guard let line = Int(fields[at + 1]), let column = Int(fields[at + 2]) else { return nil }
            return SourceLocation(file: fields[at], line: line, column: column)
        }
        guard fields.count >= 8, let severity = Severity(rawValue: fields[0]), let subjects = Int(fields[7]),
            subjects >= 0, fields.count - 8 >= subjects, (fields.count - 8 - subjects) % 4 == 0
        else { return nil }
        self.init(
            severity, fields[1], at: place(4), subject: Array(fields[8..<8 + subjects]),
            help: fields[2] == "1" ? fields[3] : nil,
            notes: stride(from: 8 + subjects, to: fields.count, by: 4).map { Note(fields[$0], at: place($0 + 1)) })
    }
}
