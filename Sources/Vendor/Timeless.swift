internal import Basics

/// Takes the time of day and the folder of the run out of the text files that a tool packs into an archive.
///
/// Dates are told by their form, not by the names of what holds them: those differ from release to release.
struct Timeless {
    /// What every date becomes.
    static let date = "1980-01-01T00:00:00Z"
    private static let longDate = "Tue Jan  1 00:00:00 UTC 1980"
    private static let weekdays: Set<String> = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// Files that are the tool's own words and no sources.
    private static let endings: Set<String> = [
        "xml", "rpt", "json", "txt", "log", "jou", "rtd", "protoinst", "hlscompile_summary",
    ]

    /// The file as it is in every run; files of other kinds as they are.
    static func file(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
        let ending = PathText.ending(of: path)
        guard endings.contains(ending) else { return bytes }
        return text(ending == "rpt" ? Volatile.removed(from: bytes, path: path) : bytes)
    }

    /// A text without dates and without the folder that the engine ran the tool in.
    static func text(_ bytes: [UInt8]) -> [UInt8] {
        let bytes = RunFolder.removed(from: bytes)
        var scan = Timeless(bytes: bytes)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        while scan.at < bytes.count {
            if let replacement = scan.volatile(after: result.last) {
                result += replacement
            } else {
                result.append(bytes[scan.at])
                scan.at += 1
            }
        }
        return result
    }

    private let bytes: [UInt8]
    private var at = 0

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// What stands for the text that begins here, which is left behind; nil if nothing in it is volatile.
    private mutating func volatile(after last: UInt8?) -> [UInt8]? {
        let begins = last.map { !Self.isWord($0) } ?? true
        guard begins, at < bytes.count else { return nil }
        let start = at
        let found: [UInt8]? =
            switch bytes[at] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): shortDate() ? Array(Self.date.utf8) : nil
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): weekdayDate() ? Array(Self.longDate.utf8) : nil
            default: nil
            }
        if found == nil { at = start }
        return found
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// Goes past bytes that fit a pattern: `d` is a digit, `a` a letter, `?` stands for a dash or a slash, all else for
    /// itself.
    private mutating func take(_ pattern: String) -> Bool {
        var position = at
        for wanted in pattern.utf8 {
            guard position < bytes.count else { return false }
            let byte = bytes[position]
            let fits =
                switch wanted {
                case UInt8(ascii: "d"): Self.isDigit(byte)
                case UInt8(ascii: "a"): (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
                case UInt8(ascii: "?"): byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
                default: byte == wanted
                }
            guard fits else { return false }
            position += 1
        }
        at = position
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// `2024-11-14T10:00:00Z`, `2024-11-14 10:00:00.123 +0100`, `2024/11/14 10:00:00`.
    private mutating func shortDate() -> Bool {
        guard take("dddd?dd?dd"), take("T") || take(" "), take("dd:dd:dd") else { return false }
        if take(".d") { while take("d") {} }
        if take("Z") { return true }
        if !takeZone() { _ = takeBehindBlank { $0.takeZone() } }
        return true
    }

    /// `+0100`, `-05:00`.
    private mutating func takeZone() -> Bool { take("+dd:dd") || take("-dd:dd") || take("+dddd") || take("-dddd") }

    private mutating func takeBehindBlank(_ body: (inout Timeless) -> Bool) -> Bool {
        let start = at
        guard take(" "), body(&self) else {
            at = start
            return false
        }
        return true
    }

    /// `Thu Nov 14 10:00:00 CET 2024`, `Thu Nov 14 10:00:00 2024`.
    private mutating func weekdayDate() -> Bool {
        guard at + 3 <= bytes.count, Self.weekdays.contains(String(decoding: bytes[at..<at + 3], as: UTF8.self)),
            take("aaa aaa "), take(" d ") || take("d ") || take("dd "), take("dd:dd:dd")
        else { return false }
        _ = takeBehindBlank { scan in
            let isNamed = scan.take("aaaaa") || scan.take("aaaa") || scan.take("aaa")
            return isNamed || scan.takeZone()
        }
        _ = takeBehindBlank { $0.take("dddd") }
        return true
    }
}
