internal import Basics

/// Lines of fields, each line with a checksum of its own, so that a torn or damaged line is noticed alone.
enum SealedLine {
    /// The fields on one line, with the line feed.
    static func encode(_ fields: [String]) -> String {
        let body = join(fields)
        return seal(of: body) + "\t" + body + "\n"
    }

    /// The fields of a line without its line feed; nil if it is not as it was written.
    static func decode(_ line: ArraySlice<UInt8>) -> [String]? {
        guard let tab = line.firstIndex(of: 9) else { return nil }
        let body = line[(tab + 1)...]
        guard line[..<tab].elementsEqual(seal(of: body).utf8) else { return nil }
        return split(String(decoding: body, as: UTF8.self))
    }

    /// All sound lines of a file, in order, and whether there was anything else.
    static func decodeAll(_ bytes: [UInt8]) -> (lines: [[String]], damaged: Bool) {
        var lines: [[String]] = []
        let isWhole = forEach(in: bytes) { lines.append($0) }
        return (lines, !isWhole)
    }

    /// Hands on all sound lines of a file, in order. Whether there was nothing else.
    static func forEach<Failure: Error>(
        in bytes: [UInt8], _ body: ([String]) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        var isWhole = bytes.isEmpty || bytes.last == 10
        var start = 0
        while start < bytes.count, let end = bytes[start...].firstIndex(of: 10) {
            if let fields = decode(bytes[start..<end]) { try body(fields) } else { isWhole = false }
            start = end + 1
        }
        return isWhole
    }

    /// Fields with tabs between; tab, line ends and backslash are spelt with a backslash.
    static func join(_ fields: [String]) -> String {
        fields.map { field in
            guard field.utf8.contains(where: { $0 == 9 || $0 == 10 || $0 == 13 || $0 == 92 }) else { return field }
            var text = ""
            for scalar in field.unicodeScalars {
                switch scalar {
                case "\t": text += "\\t"
                case "\n": text += "\\n"
                case "\r": text += "\\r"
                case "\\": text += "\\\\"
                default: text.unicodeScalars.append(scalar)
                }
            }
            return text
        }.joined(separator: "\t")
    }

    static func split(_ body: some StringProtocol) -> [String] {
        body.utf8.split(separator: 9, omittingEmptySubsequences: false).map { field in
            guard field.contains(92) else { return String(decoding: field, as: UTF8.self) }
            var bytes: [UInt8] = []
            var escaped = false
            for byte in field {
                if escaped {
                    switch byte {
                    case UInt8(ascii: "t"): bytes.append(9)
                    case UInt8(ascii: "n"): bytes.append(10)
                    case UInt8(ascii: "r"): bytes.append(13)
                    default: bytes.append(byte)
                    }
                    escaped = false
                } else if byte == 92 {
                    escaped = true
                } else {
                    bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func seal(of body: String) -> String { seal(of: Array(body.utf8)[...]) }

    private static func seal(of body: ArraySlice<UInt8>) -> String {
        var hasher = DigestHasher()
        body.withUnsafeBytes { hasher.update($0) }
        return String(hasher.finish().hex.prefix(16))
    }
}
