import TestSupport

/// Makes inputs of a format out of its seeds: the same for the same number, always.
struct Mutator {
    let format: Format
    let seed: UInt64

    /// No input grows beyond this.
    private static let sizeLimit = 1 << 20

    /// The input of a number.
    func input(_ number: Int) -> [UInt8] {
        var state = seed
        for byte in format.name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var dice = Dice(state: state &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
        guard !format.seeds.isEmpty else { return [] }
        var bytes = format.seeds[dice.roll(0...format.seeds.count - 1)]
        // Mostly few changes: what is damaged much is refused at once.
        repeat { change(&bytes, &dice) } while dice.chance(2)
        if bytes.count > Self.sizeLimit { bytes.removeLast(bytes.count - Self.sizeLimit) }
        return format.mend.map { $0(bytes, &dice) } ?? bytes
    }

    private func change(_ bytes: inout [UInt8], _ dice: inout Dice) {
        guard !bytes.isEmpty else {
            bytes = [UInt8(truncatingIfNeeded: dice.next())]
            return
        }
        change(&bytes, format.shape, &dice)
    }

    /// Where a format has a structure it mostly is kept: else nothing behind its first gate is ever tried.
    private func change(_ bytes: inout [UInt8], _ shape: Format.Shape, _ dice: inout Dice) {
        if dice.chance(shape.isKept ? 12 : 3) { return changeBits(&bytes, &dice) }
        switch shape {
        case .text: changeText(&bytes, &dice)
        case .binary: Patch.number(&bytes, &dice)
        case .patched: dice.chance(2) ? Patch.number(&bytes, &dice) : Patch.word(&bytes, &dice)
        case .json:
            guard let change = JSONChange(bytes) else { return changeText(&bytes, &dice) }
            bytes = change.applied(&dice)
        case .messages:
            guard var message = WireMessage(bytes) else { return Patch.number(&bytes, &dice) }
            message.change(&dice)
            bytes = message.bytes
        case .archive:
            let other = format.seeds[dice.roll(0...format.seeds.count - 1)]
            let changed = ArchiveChange(change: change).applied(bytes, like: other, &dice)
            if let changed { bytes = changed } else { Patch.number(&bytes, &dice) }
        }
    }

    // MARK: whatever it is

    private func changeBits(_ bytes: inout [UInt8], _ dice: inout Dice) {
        guard !bytes.isEmpty else { return }
        let at = dice.roll(0...bytes.count - 1)
        switch dice.roll(0...7) {
        case 0, 1: bytes[at] ^= 1 << UInt8(dice.roll(0...7))
        case 2: bytes[at] = UInt8(truncatingIfNeeded: dice.next())
        case 3: bytes.removeLast(bytes.count - at)
        case 4: bytes.removeSubrange(range(at, bytes.count, 64, &dice))
        case 5: bytes.insert(contentsOf: Array(bytes[range(at, bytes.count, 256, &dice)]), at: at)
        case 6: repeated(&bytes, at, &dice)
        default: splice(&bytes, at, &dice)
        }
    }

    private func range(_ at: Int, _ count: Int, _ most: Int, _ dice: inout Dice) -> Range<Int> {
        at..<min(count, at + dice.roll(1...most))
    }

    /// A piece many times over.
    private func repeated(_ bytes: inout [UInt8], _ at: Int, _ dice: inout Dice) {
        let piece = Array(bytes[range(at, bytes.count, 40, &dice)])
        let times = 1 << dice.roll(1...(dice.chance(20) ? 14 : 8))
        var all: [UInt8] = []
        for _ in 0..<times where all.count < Self.sizeLimit { all += piece }
        bytes.insert(contentsOf: all, at: at)
    }

    /// The beginning of one input and the end of another.
    private func splice(_ bytes: inout [UInt8], _ at: Int, _ dice: inout Dice) {
        let other = format.seeds[dice.roll(0...format.seeds.count - 1)]
        guard !other.isEmpty else { return }
        bytes = Array(bytes[..<at]) + other[dice.roll(0...other.count - 1)...]
    }

    // MARK: text

    private func changeText(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let tokens = Token.all(in: bytes)
        guard !tokens.isEmpty else { return }
        let token = tokens[dice.roll(0...tokens.count - 1)]
        switch dice.roll(0...7) {
        case 0, 1:
            // A number, if one is near.
            let numbers = tokens.filter { $0.kind == .number }
            let chosen = numbers.isEmpty ? token : numbers[dice.roll(0...numbers.count - 1)]
            bytes.replaceSubrange(chosen.range, with: Token.extremes[dice.roll(0...Token.extremes.count - 1)].utf8)
        case 2:
            let other = format.seeds[dice.roll(0...format.seeds.count - 1)], all = Token.all(in: other)
            guard !all.isEmpty else { return }
            bytes.replaceSubrange(token.range, with: other[all[dice.roll(0...all.count - 1)].range])
        case 3:
            let second = tokens[dice.roll(0...tokens.count - 1)]
            bytes.replaceSubrange(token.range, with: Array(bytes[second.range]))
        case 4: bytes.removeSubrange(token.range)
        case 5: changeLine(&bytes, token.range.lowerBound, &dice)
        case 6: nest(&bytes, token.range, &dice)
        default:
            bytes.insert(
                contentsOf: Token.strange[dice.roll(0...Token.strange.count - 1)].utf8, at: token.range.lowerBound)
        }
    }

    /// A line gone, or there twice, or a great many times.
    private func changeLine(_ bytes: inout [UInt8], _ at: Int, _ dice: inout Dice) {
        let start = bytes[..<at].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = bytes[at...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
        let line = Array(bytes[start..<end])
        if dice.chance(2) { return bytes.removeSubrange(start..<end) }
        let times = dice.chance(3) ? 1 << dice.roll(1...12) : 1
        for _ in 0..<times where bytes.count < Self.sizeLimit / 4 { bytes.insert(contentsOf: line, at: start) }
    }

    /// A piece within brackets within brackets.
    private func nest(_ bytes: inout [UInt8], _ range: Range<Int>, _ dice: inout Dice) {
        let (open, close) = [("[", "]"), ("{\"a\":", "}"), ("{a: ", "}"), ("<a>", "</a>"), ("(", ")")][dice.roll(0...4)]
        let depth = 1 << dice.roll(0...(dice.chance(10) ? 15 : 7))
        bytes.insert(contentsOf: String(repeating: close, count: depth).utf8, at: range.upperBound)
        bytes.insert(contentsOf: String(repeating: open, count: depth).utf8, at: range.lowerBound)
    }
}

/// A word, a number or a mark of a text.
private struct Token {
    enum Kind { case word, number, mark }

    var kind: Kind
    var range: Range<Int>

    static func all(in bytes: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var at = 0
        // Of a long text the beginning has all there is.
        while at < bytes.count, tokens.count < 4000 {
            let start = at
            let kind = kind(bytes[at])
            at += 1
            if bytes[start] <= 0x20 { continue }
            if kind != .mark {
                while at < bytes.count, self.kind(bytes[at]) == kind { at += 1 }
            }
            tokens.append(Token(kind: kind, range: start..<at))
        }
        return tokens
    }

    private static func kind(_ byte: UInt8) -> Kind {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .number
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...:
            .word
        default: .mark
        }
    }

    static let extremes = [
        "0", "-1", "1", "2", "63", "64", "65", "127", "128", "1024", "2147483647", "2147483648", "-2147483648",
        "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "-9223372036854775809", "18446744073709551615", "1e308", "1e-308", "1e309", "-1e999", "1e18", "1000000000",
        "1048576", "16777216", "NaN", "Infinity", "0.000000000000000001", "99999999999999999999999999",
    ]

    static let strange = [
        "\0", "\u{FEFF}", "\r", "\t", "\u{1B}[31m", "\u{301}", "\u{202E}", "\u{FFFF}", "'", "\"", "\\", "\\u0000",
        "\\ud800",
        "&a ", "*a ", "<<: *a", "!!str ", "- ", ": ", "? ", "# ", "---\n", "...\n", "|\n", ">\n", "@", "`", "%", ",",
        "=",
        ".", "..", "/", "~", "null", "true", "[]", "{}", "[", "]", "{", "}", "<", ">", "<!--", "<![CDATA[", "&amp;",
        "&x;",
    ]
}
