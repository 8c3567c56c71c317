internal import Glibc

/// One line of a report, as bytes: most lines are only ever searched, so text is made of the few that matter.
struct Line {
    let bytes: ArraySlice<UInt8>

    /// The line as text: UTF-8, or Latin-1 where it is none (a Windows user's folder in a path).
    var text: String { Line.text(bytes) }

    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// Where `needle` first occurs, as an index of `bytes`.
    func index(of needle: StaticString) -> Int? {
        let wanted = UnsafeRawBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount)
        return bytes.withUnsafeBytes { ByteSearch.first(wanted, in: $0) }.map { bytes.startIndex + $0 }
    }

    func contains(_ needle: StaticString) -> Bool { index(of: needle) != nil }

    func starts(with prefix: StaticString) -> Bool {
        guard bytes.count >= prefix.utf8CodeUnitCount else { return false }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return prefix.utf8CodeUnitCount == 0 }
            return memcmp(base, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
        }
    }

    /// What follows the first `needle`, without surrounding blanks.
    func text(after needle: StaticString) -> String? {
        guard let index = index(of: needle) else { return nil }
        return Line.text(bytes[(index + needle.utf8CodeUnitCount)...]).trimmed
    }

    var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }

    /// The line without leading and trailing blanks.
    var trimmed: Line {
        let head = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        let last = head.lastIndex { $0 != 0x20 && $0 != 0x09 }
        return Line(bytes: last.map { head[...$0] } ?? head.prefix(0))
    }

    /// The lines of a text; a carriage return alone ends one too, since progress bars are written so.
    static func lines(of bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                lines.append(Line(bytes: bytes[start..<index]))
                if byte == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") {
                    index += 1
                }
                start = index + 1
            }
            index += 1
        }
        if start < bytes.count { lines.append(Line(bytes: bytes[start...])) }
        return lines
    }
}
