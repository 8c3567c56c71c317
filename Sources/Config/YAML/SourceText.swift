internal import Basics

/// What is checked about the bytes of a file before YAML is read from them: libyaml would say less, or guess.
enum SourceText {
    /// Nil where a text of so many bytes may be a project file.
    static func problem(size: Int, file: String) -> Diagnostic? {
        let limit = InputLimit.projectFile.bytes
        guard size > limit else { return nil }
        return .error(
            "the file has \(size) bytes, more than a project file can have",
            at: SourceLocation(file: file, line: 1, column: 1),
            help:
                "a project file is a text of at most \(InputLimit.size(limit)); models and data are named in it by path"
        )
    }

    /// Nil where the bytes are UTF-8 text of a sensible size that YAML may hold.
    static func problem(in bytes: [UInt8], file: String) -> Diagnostic? {
        let start = SourceLocation(file: file, line: 1, column: 1)
        if let problem = problem(size: bytes.count, file: file) { return problem }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return .error("the file is UTF-16 text", at: start, help: "save it as UTF-8")
        }
        return badCharacter(in: bytes, file: file)
    }

    private static func badCharacter(in bytes: [UInt8], file: String) -> Diagnostic? {
        var line = 1
        var column = 1
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < bytes.count {
            let byte = bytes[index]
            let place = SourceLocation(file: file, line: line, column: column)
            if byte < 0x80 {
                if byte < 32, byte != 9, byte != 10, byte != 13 { return control(byte, at: place) }
                if byte == 127 { return control(byte, at: place) }
                line += byte == 10 ? 1 : 0
                column = byte == 10 ? 1 : column + 1
                index += 1
                continue
            }
            guard let length = sequenceLength(bytes, index) else {
                return .error(
                    "the byte 0x\(hex(byte)) is not UTF-8 text", at: place,
                    help: "save the file as UTF-8; in a comment or a name, another encoding is easily overlooked")
            }
            index += length
            column += 1
        }
        return nil
    }

    private static func control(_ byte: UInt8, at place: SourceLocation) -> Diagnostic {
        .error(
            byte == 0
                ? "the file has a NUL byte here: it is no text" : "the control character 0x\(hex(byte)) is not allowed",
            at: place,
            help: byte == 0 ? "a project file is YAML text in UTF-8" : "remove it, or write it escaped in double quotes"
        )
    }

    /// The length of the well-formed UTF-8 sequence that begins at `index`, else nil (Unicode 15, table 3-7).
    private static func sequenceLength(_ bytes: [UInt8], _ index: Int) -> Int? {
        let lead = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: return nil
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return nil }
        return length
    }

    private static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16, uppercase: true)
        return text.count == 1 ? "0" + text : text
    }
}
