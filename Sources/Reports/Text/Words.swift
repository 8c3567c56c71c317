extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
        let bytes = Array(utf8)
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }

    /// Without the marks of footnotes at the end: `CLB LUTs*`.
    var withoutMarks: String {
        var text = Substring(trimmed)
        while let last = text.last, "*\u{2020}\u{2021}\u{B9}\u{B2}\u{B3}".contains(last) { text = text.dropLast() }
        return text.trimmed
    }

    /// Parts between runs of blanks.
    var words: [String] {
        split(whereSeparator: { $0 == " " || $0 == "\t" }).map { String($0) }
    }

    /// What stands before the first `separator`, or everything.
    func before(_ separator: Character) -> String {
        firstIndex(of: separator).map { String(self[..<$0]) } ?? String(self)
    }

    /// What stands after the first `separator`, if there is one.
    func after(_ separator: Character) -> String? {
        firstIndex(of: separator).map { String(self[index(after: $0)...]) }
    }

    /// What is quoted first: `of 'top'` gives `top`.
    var quoted: String? {
        after("'").flatMap { $0.contains("'") ? $0.before("'") : nil }
    }
}

/// Numbers as the tools print them.
enum Number {
    /// A whole number, or nil for `-`, `NA`, `undef`, `?`, an empty cell, and the tools' "unset" (2^32 - 1).
    static func int(_ text: some StringProtocol) -> Int? {
        let text = text.trimmed
        let digits = text.hasPrefix("~") ? String(text.dropFirst()) : text
        guard let value = Int(digits), value != 4_294_967_295 else { return nil }
        return value
    }

    /// A number, or nil where the tool states none. `<0.001` is 0.001: the bound is what is known.
    static func double(_ text: some StringProtocol) -> Double? {
        var text = Substring(text.trimmed)
        if text.hasPrefix("<") || text.hasPrefix("~") || text.hasPrefix(">") { text = text.dropFirst() }
        if text.hasSuffix("%") { text = text.dropLast() }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// A whole number that a comment may follow: `8 (2%)`.
    static func leadingInt(_ text: some StringProtocol) -> Int? { int(text.trimmed.before(" ")) }

    /// A number that a unit may follow: `10.00 ns`, `5.745ns`.
    static func leadingDouble(_ text: some StringProtocol) -> Double? {
        double(text.trimmed.prefix { $0.isNumber || "+-.eE<~".contains($0) })
    }

    /// `34 ~ 1026`, or one number for both ends.
    static func range(_ text: some StringProtocol) -> CycleRange {
        guard let upper = text.trimmed.after("~"), !text.trimmed.hasPrefix("~") else {
            return CycleRange(int(text), int(text))
        }
        return CycleRange(int(text.before("~")), int(upper))
    }

    /// `used` of `available` in percent, to two places.
    static func percent(_ used: Double?, of available: Double?) -> Double? {
        guard let used, let available, available > 0 else { return nil }
        return (used / available * 10000).rounded() / 100
    }

    /// The first release number after a `v`, or at the start: `Vivado v.2024.2.1 (lin64)` gives `2024.2.1`.
    static func version(_ text: some StringProtocol) -> String? {
        for start in text.indices where text[start] == "2" {
            if start > text.startIndex, text[text.index(before: start)].isNumber { continue }
            let token = text[start...].prefix(16).prefix { $0.isNumber || $0 == "." }
            let parts = token.split(separator: ".")
            guard (2...4).contains(parts.count), parts[0].count == 4, parts[1].count <= 2 else { continue }
            return parts.joined(separator: ".")
        }
        return nil
    }
}
