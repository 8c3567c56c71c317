/// Text that comes from files, made fit to be shown: what a terminal would obey instead of showing it, and what nobody
/// could see or what turns the rest around, is spelt out.
public enum VisibleText {
    /// What may stand in the text as it is.
    public enum Form: Sendable {
        /// One line: the end of a line is spelt out as well.
        case line
        /// Lines, with their ends and tabs.
        case block
    }

    /// Bytes that are no UTF-8 stay as they are.
    public static func bytes(_ bytes: [UInt8], _ form: Form) -> [UInt8] {
        // Most text is plain, and is not taken apart.
        if bytes.allSatisfy({ (32..<127).contains($0) || form == .block && ($0 == 10 || $0 == 9) }) { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 32)
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var at = 0
        while true {
            switch parser.parseScalar(from: &rest) {
            case .emptyInput: return result
            case .error(let length):
                result += bytes[at..<at + length]
                at += length
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                let end = at + encoded.count
                let isLineEnd = scalar == "\n" || scalar == "\r" && end < bytes.count && bytes[end] == 10
                if form == .block && (isLineEnd || scalar == "\t") || !isHidden(scalar) {
                    result += bytes[at..<end]
                } else {
                    result += spelt(scalar).utf8
                }
                at = end
            }
        }
    }

    public static func text(_ text: String, _ form: Form) -> String {
        String(decoding: bytes(Array(text.utf8), form), as: UTF8.self)
    }

    /// How many bytes at the end are the beginning of a character whose rest is still to come.
    public static func unfinished(_ bytes: [UInt8]) -> Int {
        for (length, byte) in bytes.reversed().prefix(3).enumerated() where byte & 0xC0 != 0x80 {
            let whole = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length + 1 < whole ? length + 1 : 0
        }
        return 0
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // Format: characters of no width, and those that turn the direction of what follows.
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func spelt(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\t": "\\t"
        case "\r": "\\r"
        default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        }
    }
}

extension StringProtocol {
    /// The text on one line, as people may be shown it.
    public var visible: String { VisibleText.text(String(self), .line) }

    /// As much of the text as a message needs: of more than `limit` bytes the first `count` characters.
    public func shortened(to count: Int, beyond limit: Int) -> String {
        utf8.count <= limit ? String(self) : String(prefix(count)) + "..."
    }
}
