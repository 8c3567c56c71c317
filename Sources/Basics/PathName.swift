/// The name of a file in a folder or in an archive: relative, in its plain form, below where it starts, and the same
/// for every system that unpacks it. Made of bytes and compared by bytes.
public struct PathName: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let exact: ExactText

    /// Why bytes are no such name.
    public enum Fault: Error, Hashable, Sendable {
        case isEmpty, isNotUTF8, hasNUL, isAbsolute
        /// A part is empty, `.` or `..`.
        case isNotPlain
        /// It holds a control character, or a backslash, which divides names elsewhere.
        case isOdd
        /// A part has more bytes than file systems take.
        case isTooLong
    }

    /// The most bytes of one part of a path, with every file system of Linux.
    public static let longestPart = 255

    /// The graver faults come first: what is only odd or too long does stay below where it starts.
    public init(_ bytes: some Collection<UInt8>) throws(Fault) {
        if bytes.isEmpty { throw .isEmpty }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .isNotUTF8 }
        if bytes.contains(0) { throw .hasNUL }
        if PathText.isAbsolute(text) { throw .isAbsolute }
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for part in parts where part.isEmpty || part.elementsEqual(".".utf8) || part.elementsEqual("..".utf8) {
            throw .isNotPlain
        }
        if bytes.contains(where: { $0 < 32 || $0 == 127 || $0 == UInt8(ascii: "\\") }) { throw .isOdd }
        if parts.contains(where: { $0.count > Self.longestPart }) { throw .isTooLong }
        exact = ExactText(text)
    }

    public init(_ text: String) throws(Fault) { try self.init(text.utf8) }

    public var text: String { exact.text }
    public var description: String { text }

    public static func < (left: PathName, right: PathName) -> Bool { left.exact < right.exact }
}

extension PathName {
    /// Any text as one part of a path, always the same for the same text: a plain name stays as it is but for its
    /// slashes, which become underscores; of any other there stays what is plain, with a digest of the whole.
    ///
    /// - Parameter room: bytes that are wanted for what is written behind it.
    public static func part(for text: String, room: Int = 0) -> String {
        let name = text.substituting("/", with: "_")
        if (try? PathName(name)) != nil, name.utf8.count + room <= longestPart { return name }
        return marked(text, name, room)
    }

    /// Parts for several texts, no two of them the same, whatever the capitals.
    public static func parts(for texts: [String], room: Int = 0) -> [String] {
        var taken: Set<String> = []
        return texts.map { text in
            let part = part(for: text, room: room)
            return taken.insert(part.lowercased()).inserted ? part : marked(text, part, room)
        }
    }

    /// The path of a file that is called as `text` is: `text` itself, with folders where it has slashes, if that is a
    /// plain path.
    public static func path(for text: String, ending: String) -> String {
        (try? PathName(text + ending))?.text ?? part(for: text, room: ending.utf8.count) + ending
    }

    private static func marked(_ text: String, _ name: String, _ room: Int) -> String {
        let kept = name.utf8.map { byte in
            byte < 33 || byte > 126 || byte == UInt8(ascii: "\\") ? UInt8(ascii: "_") : byte
        }.drop { $0 == UInt8(ascii: ".") }
        let digest = Digest(of: text).short
        let head = kept.prefix(max(0, longestPart - room - digest.utf8.count - 1))
        return String(decoding: head, as: UTF8.self) + "-" + digest
    }
}
