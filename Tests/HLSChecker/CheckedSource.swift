/// A C++ file as the checker sees it for one target: comments gone, conditions decided, blocks nested.
struct CheckedSource: Sendable {
    /// One piece of code between braces, with what stands in front of it.
    struct Block: Sendable {
        enum Kind: Sendable { case file, scope, function, loop, other }

        var kind: Kind
        /// The text in front of the brace: `void fc1(const x_t x[4], y_t y[6])`, `for (unsigned i = 0; i < 4; i++)`.
        var header: String
        var pragmas: [[String]] = []
        /// Statements and blocks in the order of the text.
        var items: [Item] = []

        init(_ kind: Kind, _ header: String) {
            self.kind = kind
            self.header = header
        }

        var statements: [String] { items.compactMap { if case .statement(let text) = $0 { text } else { nil } } }
        var blocks: [Block] { items.compactMap { if case .block(let block) = $0 { block } else { nil } } }
        /// This and all blocks within.
        var all: [Block] { [self] + blocks.flatMap(\.all) }
        /// The name of a function or a struct.
        var name: String {
            kind == .function
                ? Cpp.names(String(Cpp.withoutTemplate(header).prefix { $0 != "(" })).last ?? ""
                : Cpp.structName(header)
        }

        func pragma(_ name: String) -> [String]? { pragmas.first { $0.first?.lowercased() == name } }

        /// Calls `visit` with this, and everything within, and the blocks around each, the outermost first.
        func walk(_ around: [Block] = [], _ visit: (Block, [Block]) -> Void) {
            visit(self, around)
            for block in blocks { block.walk(around + [self], visit) }
        }
    }

    enum Item: Sendable {
        case statement(String)
        case block(Block)
    }

    let path: String
    /// The lines that the target compiles, without comments.
    let lines: [String]
    let root: Block
    /// Claims of independence that the line above does not justify.
    let bareDependences: [String]

    init(_ path: String, _ text: String, _ target: PragmaTable.Target) {
        self.path = path
        var macros: Set<String> = ["__SYNTHESIS__"]
        if target == .vitis { macros.insert("__VITIS_HLS__") }
        lines = SourceText.decided(SourceText.withoutComments(text), macros)
        bareDependences = SourceText.bareDependences(text)
        var nesting = Nesting()
        root = nesting.nested(lines)
    }

    var functions: [Block] { root.all.filter { $0.kind == .function } }
}

/// Nests lines by their braces.
private struct Nesting {
    private var stack = [CheckedSource.Block(.file, "")]
    private var text = ""
    private var parentheses = 0

    mutating func nested(_ lines: [String]) -> CheckedSource.Block {
        for line in lines { take(line) }
        while stack.count > 1 { close() }
        return stack[0]
    }

    private mutating func take(_ line: String) {
        let trimmed = line.drop { $0 == " " }
        if trimmed.hasPrefix("#pragma HLS") {
            let words = trimmed.dropFirst("#pragma HLS".count).split(separator: " ").map(String.init)
            stack[stack.count - 1].pragmas.append(words)
            return
        }
        if trimmed.hasPrefix("#") { return }
        for character in line + " " {
            switch character {
            case "{" where parentheses == 0: open()
            case "}" where parentheses == 0:
                finish()
                if stack.count > 1 { close() }
            case ";" where parentheses == 0: finish()
            default:
                if character == "(" { parentheses += 1 }
                if character == ")" { parentheses -= 1 }
                text.append(character)
            }
        }
    }

    private mutating func open() {
        let header = Self.words(text)
        text = ""
        stack.append(.init(Self.kind(header, within: stack[stack.count - 1].kind), header))
    }

    private mutating func close() {
        let block = stack.removeLast()
        stack[stack.count - 1].items.append(.block(block))
    }

    private mutating func finish() {
        let statement = Self.words(text)
        if !statement.isEmpty { stack[stack.count - 1].items.append(.statement(statement)) }
        text = ""
    }

    private static func words(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func kind(_ header: String, within outer: CheckedSource.Block.Kind) -> CheckedSource.Block.Kind {
        let words = Cpp.names(header)
        if words.contains("for") || words.contains("while") { return .loop }
        if words.contains("namespace") || words.contains("class") && !header.contains("(") { return .scope }
        if header.hasSuffix("=") { return .other }
        let isFunction = header.contains("(") && !["if", "else", "switch", "do"].contains(words.first ?? "")
        if isFunction, outer == .file || outer == .scope { return .function }
        return words.contains("struct") ? .scope : .other
    }
}
