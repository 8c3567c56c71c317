public import Basics

/// A value of a YAML document, with the place where it was written.
///
/// The order of keys and the style of scalars are kept: both matter for good messages.
public struct Node: Hashable, Sendable {
    public var content: Content
    public var location: SourceLocation
    /// The tag as resolved by YAML (`!keras_model`, `tag:yaml.org,2002:str`), where one was written.
    public var tag: String?

    public init(_ content: Content, at location: SourceLocation, tag: String? = nil) {
        self.content = content
        self.location = location
        self.tag = tag
    }

    public indirect enum Content: Hashable, Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping([Entry])
    }

    public struct Scalar: Hashable, Sendable {
        public var text: String
        public var style: Style

        public init(_ text: String, style: Style = .plain) {
            self.text = text
            self.style = style
        }
    }

    /// How a scalar was written: only a plain one can be a number, a truth value or nothing.
    public enum Style: Hashable, Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

    public struct Entry: Hashable, Sendable {
        public var key: Node
        public var value: Node

        public init(key: Node, value: Node) {
            self.key = key
            self.value = value
        }
    }
}

extension Node {
    /// The text of a scalar, of whatever style.
    public var text: String? {
        if case .scalar(let scalar) = content { return scalar.text }
        return nil
    }

    /// The text of a scalar that was written without quotes: what may stand for a number or a truth value.
    public var plainText: String? {
        guard case .scalar(let scalar) = content, scalar.style == .plain, tag != Node.stringTag else { return nil }
        return scalar.text
    }

    /// Whether nothing was written: `key:`, `~` or `null`.
    public var isNull: Bool {
        guard let text = plainText else { return false }
        return text.isEmpty || text == "~" || text.lowercased() == "null"
    }

    public var entries: [Entry]? {
        if case .mapping(let entries) = content { return entries }
        return nil
    }

    public var items: [Node]? {
        if case .sequence(let items) = content { return items }
        return nil
    }

    /// The value under `key`, compared exactly.
    public subscript(key: String) -> Node? {
        entries?.first { $0.key.text == key }?.value
    }

    static let stringTag = "tag:yaml.org,2002:str"

    /// What a reader of a message should hear was found here.
    public var summary: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            if isNull {
                "nothing"
            } else if plainText.map({ Ratio(decimal: $0) != nil }) == true {
                "the number \(scalar.text)"
            } else {
                "the text '\(Self.shortened(scalar.text))'"
            }
        }
    }

    /// The text without line ends and control characters, at most 60 characters of it.
    static func shortened(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(60) {
            line.append(scalar.value < 32 || scalar.value == 127 ? " " : scalar)
        }
        return String(line) + (text.unicodeScalars.count > 60 ? "..." : "")
    }
}
