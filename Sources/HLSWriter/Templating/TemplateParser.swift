import Basics

/// Reads the text of a template into its nodes, in one pass over the bytes.
struct TemplateParser {
    private let name: String
    private let bytes: [UInt8]
    private var at = 0
    private var line = 1
    /// Blocks that are open.
    private var depth = 0

    /// Templates may come from a release of anybody.
    private static let depthLimit = 64

    /// How a body ended.
    private enum End: Equatable { case file, otherwise, condition, loop }

    private enum Mark { case value, tag }

    init(name: String, text: String) {
        self.name = name
        bytes = Array(text.utf8)
    }

    mutating func parse() throws(DiagnosticError) -> [Template.Node] {
        let (nodes, end) = try body()
        guard end == .file else { throw error("a closing tag without its opening one") }
        return nodes
    }

    /// Nodes up to the end of the file or a tag that closes or divides a body.
    private mutating func body() throws(DiagnosticError) -> ([Template.Node], End) {
        var nodes: [Template.Node] = []
        while let (start, mark) = nextMark() {
            let opened = line + newlines(at..<start)
            let before = at
            line = opened
            let words = try content(from: start + 2, closing: mark == .tag ? "%}" : "}}")
            let lineStart = mark == .tag ? onlyBlanks(from: before, before: start) : nil
            append(before..<(lineStart ?? start), to: &nodes)
            if mark == .value {
                guard words.count == 1 else { throw error("'{{ }}' holds one name") }
                nodes.append(.value(path(words[0]), line: line))
                continue
            }
            if lineStart != nil, at < bytes.count {
                at += 1
                line += 1
            }
            if let end = closing(words) { return (nodes, end) }
            nodes.append(try block(words, opened: opened))
        }
        append(at..<bytes.count, to: &nodes)
        at = bytes.count
        return (nodes, .file)
    }

    private func closing(_ words: [String]) -> End? {
        switch words {
        case ["else"]: .otherwise
        case ["endif"]: .condition
        case ["endfor"]: .loop
        default: nil
        }
    }

    /// The body that an opening tag begins.
    private mutating func block(_ words: [String], opened: Int) throws(DiagnosticError) -> Template.Node {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw error("blocks nested more than \(Self.depthLimit) deep") }
        if words.count == 4, words[0] == "for", words[2] == "in" {
            let (nodes, end) = try body()
            guard end == .loop else { throw Template.error("this 'for' has no 'endfor'", name, line: opened) }
            return .loop(variable: words[1], list: path(words[3]), line: opened, body: nodes)
        }
        let negated = words.count == 3 && words[1] == "not"
        guard words.first == "if", words.count == 2 || negated, let tested = words.last else {
            throw Template.error(
                "'{% \(words.joined(separator: " ")) %}' is not a tag", name, line: opened,
                help: "tags are: for NAME in LIST, endfor, if NAME, if not NAME, else, endif")
        }
        var (then, end) = try body()
        var otherwise: [Template.Node] = []
        if end == .otherwise { (otherwise, end) = try body() }
        guard end == .condition else { throw Template.error("this 'if' has no 'endif'", name, line: opened) }
        return .condition(path(tested), negated: negated, line: opened, then: then, otherwise: otherwise)
    }

    private func nextMark() -> (Int, Mark)? {
        var index = at
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "{") {
                if bytes[index + 1] == UInt8(ascii: "{") { return (index, .value) }
                if bytes[index + 1] == UInt8(ascii: "%") { return (index, .tag) }
            }
            index += 1
        }
        return nil
    }

    /// The words between a mark and its end; moves behind it.
    private mutating func content(from start: Int, closing: String) throws(DiagnosticError) -> [String] {
        let end = Array(closing.utf8)
        var index = start
        while index + 1 < bytes.count, bytes[index] != UInt8(ascii: "\n") {
            if bytes[index] == end[0], bytes[index + 1] == end[1] {
                at = index + 2
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                return text.split(separator: " ").map(String.init)
            }
            index += 1
        }
        throw error("'\(closing)' is missing on this line")
    }

    /// Where the line begins, if it holds nothing but blanks and the mark from `index` to here.
    private func onlyBlanks(from first: Int, before index: Int) -> Int? {
        guard at == bytes.count || bytes[at] == UInt8(ascii: "\n") else { return nil }
        var start = index
        while start > first, bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
        return start == 0 || bytes[start - 1] == UInt8(ascii: "\n") ? start : nil
    }

    private func newlines(_ range: Range<Int>) -> Int {
        bytes[range].reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }

    private func append(_ range: Range<Int>, to nodes: inout [Template.Node]) {
        if !range.isEmpty { nodes.append(.text(String(decoding: bytes[range], as: UTF8.self))) }
    }

    private func path(_ word: String) -> [String] { word.split(separator: ".").map(String.init) }

    private func error(_ message: String, help: String? = nil) -> DiagnosticError {
        Template.error(message, name, line: line, help: help)
    }
}
