/// A C++ file as the checker sees it for one target: comments gone, conditions decided, blocks nested.
struct CheckedSource {
    /// One piece of code between braces, with what stands in front of it.
    final class Block {
        enum Kind { case file, scope, function, loop, other }

        let kind: Kind
        /// The text in front of the brace: `void fc1(const x_t x[4], y_t y[6])`, `for (unsigned i = 0; i < 4; i++)`.
        let header: String
        var pragmas: [[String]] = []
        var statements: [String] = []
        var blocks: [Block] = []

        init(_ kind: Kind, _ header: String) {
            self.kind = kind
            self.header = header
        }

        /// This and all blocks within.
        var all: [Block] { [self] + blocks.flatMap(\.all) }

        func pragma(_ name: String) -> [String]? { pragmas.first { $0.first?.lowercased() == name } }
    }

    let path: String
    /// The lines that the target compiles, without comments.
    let lines: [String]
    let root: Block

    init(_ path: String, _ text: String, _ target: PragmaTable.Target) {
        self.path = path
        var macros: Set<String> = ["__SYNTHESIS__"]
        if target == .vitis { macros.insert("__VITIS_HLS__") }
        lines = Self.decided(Self.withoutComments(text), macros)
        root = Self.nested(lines)
    }

    private static func withoutComments(_ text: String) -> [String] {
        var kept = ""
        var rest = text[...]
        while let slash = rest.firstIndex(of: "/") {
            kept += rest[..<slash]
            let tail = rest[slash...]
            if tail.hasPrefix("//") {
                rest = tail.drop { $0 != "\n" }
            } else if tail.hasPrefix("/*") {
                rest = tail.firstRange(of: "*/").map { tail[$0.upperBound...] } ?? ""
                kept += " "
            } else {
                kept += "/"
                rest = tail.dropFirst()
            }
        }
        return (kept + rest).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The lines whose conditions hold.
    private static func decided(_ lines: [String], _ macros: Set<String>) -> [String] {
        var macros = macros
        var kept: [String] = []
        var isTaken: [Bool] = []
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            switch words.first {
            case "#ifdef": isTaken.append(words.count > 1 && macros.contains(words[1]))
            case "#ifndef": isTaken.append(words.count > 1 && !macros.contains(words[1]))
            case "#if": isTaken.append(holds(line.dropFirst(3), macros))
            case "#else": if let last = isTaken.popLast() { isTaken.append(!last) }
            case "#endif": _ = isTaken.popLast()
            default:
                guard !isTaken.contains(false) else { continue }
                if words.first == "#define", words.count > 1 { macros.insert(words[1]) }
                kept.append(line)
            }
        }
        return kept
    }

    private static func holds(_ condition: some StringProtocol, _ macros: Set<String>) -> Bool {
        condition.split(separator: "&&").allSatisfy { part in
            let isNegated = part.contains("!")
            let name = Cpp.names(String(part)).last ?? ""
            return macros.contains(name) != isNegated
        }
    }

    private static func nested(_ lines: [String]) -> Block {
        let root = Block(.file, "")
        var stack = [root]
        var text = ""
        var parentheses = 0
        for line in lines {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("#pragma HLS") {
                stack[stack.count - 1].pragmas.append(
                    trimmed.dropFirst("#pragma HLS".count).split(separator: " ").map(String.init))
                continue
            }
            if trimmed.hasPrefix("#") { continue }
            for character in line + " " {
                switch character {
                case "(":
                    parentheses += 1
                    text.append(character)
                case ")":
                    parentheses -= 1
                    text.append(character)
                case "{" where parentheses == 0:
                    let header = words(text)
                    text = ""
                    let block = Block(kind(header, within: stack[stack.count - 1].kind), header)
                    stack[stack.count - 1].blocks.append(block)
                    stack.append(block)
                case "}" where parentheses == 0:
                    finish(&text, stack[stack.count - 1])
                    if stack.count > 1 { stack.removeLast() }
                case ";" where parentheses == 0: finish(&text, stack[stack.count - 1])
                default: text.append(character)
                }
            }
        }
        return root
    }

    private static func finish(_ text: inout String, _ block: Block) {
        let statement = words(text)
        if !statement.isEmpty { block.statements.append(statement) }
        text = ""
    }

    private static func words(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func kind(_ header: String, within outer: Block.Kind) -> Block.Kind {
        let words = header.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
        if words.contains("for") || words.contains("while") { return .loop }
        if words.contains("namespace") || words.contains("class") && !header.contains("(") { return .scope }
        if header.hasSuffix("=") { return .other }
        let isFunction = header.contains("(") && !["if", "else", "switch", "do"].contains(words.first ?? "")
        if isFunction, outer == .file || outer == .scope { return .function }
        return words.contains("struct") ? .scope : .other
    }
}
