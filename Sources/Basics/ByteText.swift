// Text as bytes.
//
// To Swift a text is made of Characters, and two texts are equal when Unicode calls them equivalent: a quote with a
// combining mark behind it is no quote, and an e with an accent is equal to an e and the accent. File systems, shells,
// compilers and other readers know neither. Whatever is a path, a word of a shell, a name in an archive or in C++ is
// therefore searched, cut and compared by what stands here.

extension StringProtocol {
    /// Whether the bytes are those of `other`.
    public func isExactly(_ other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    /// Whether the bytes begin with those of `prefix`.
    public func begins(with prefix: some StringProtocol) -> Bool { utf8.starts(with: prefix.utf8) }

    /// Whether the bytes end with those of `suffix`.
    public func ends(with suffix: some StringProtocol) -> Bool {
        utf8.count >= suffix.utf8.count && utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// What stands behind `prefix`; nil if the text does not begin so.
    public func rest(behind prefix: some StringProtocol) -> String? {
        begins(with: prefix) ? String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : nil
    }

    /// What stands before `suffix`; nil if the text does not end so.
    public func rest(before suffix: some StringProtocol) -> String? {
        ends(with: suffix) ? String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self) : nil
    }

    /// Whether one of the bytes is this ASCII character.
    public func has(_ mark: Unicode.Scalar) -> Bool { utf8.contains(UInt8(ascii: mark)) }

    /// Whether one of the bytes is an ASCII control character, the end of a line among them.
    public var hasControlCharacter: Bool { utf8.contains { $0 < 32 || $0 == 127 } }

    /// The parts between the ASCII characters `mark`, empty ones among them.
    public func parts(at mark: Unicode.Scalar) -> [String] {
        utf8.split(separator: UInt8(ascii: mark), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The text with `new` for every ASCII character `mark`.
    public func substituting(_ mark: Unicode.Scalar, with new: String) -> String {
        let mark = UInt8(ascii: mark)
        return String(decoding: utf8.flatMap { $0 == mark ? Array(new.utf8) : [$0] }, as: UTF8.self)
    }

    /// The text as one word of a POSIX shell, whatever bytes it holds.
    public var shellWord: String { "'" + substituting("'", with: #"'\''"#) + "'" }
}

/// A text that is equal to no other spelling of itself: the key of a table of names that come from files.
public struct ExactText: Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
    public let text: String

    public init(_ text: String) { self.text = text }

    public init(stringLiteral text: String) { self.text = text }

    public static func == (left: ExactText, right: ExactText) -> Bool { left.text.isExactly(right.text) }

    /// By bytes.
    public static func < (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        // Spellings of one text share a hash, which costs a comparison where there are several.
        hasher.combine(text)
    }
}
