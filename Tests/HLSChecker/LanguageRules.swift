/// What the language of hardware leaves out, and what must hold in every function.
struct LanguageRules {
    let source: CheckedSource

    private static let banned: Set<String> = [
        "std", "new", "delete", "throw", "try", "catch", "virtual", "goto", "malloc", "calloc", "free", "printf",
        "iostream", "cstdio", "stdio", "vector", "string", "algorithm", "functional", "reinterpret_cast",
        "dynamic_cast",
        "const_cast", "typeid", "va_list", "alloca", "setjmp", "longjmp", "thread",
    ]

    func check(_ found: inout [Checker.Finding]) {
        var faults = words() + state()
        for function in source.functions {
            faults += passing(function) + result(function) + recursion(function)
        }
        found += faults.map { .init(rule: $0, file: source.path, text: $1) }
        var sized: [Checker.Finding] = []
        source.sites { text, environment, function in
            guard let local = Self.array(text), !Cpp.dimensions(text).allSatisfy(environment.isConstant) else { return }
            sized.append(.init(rule: .language, file: source.path, text: "\(local) in \(function.name): \(text)"))
        }
        found += sized
    }

    private func words() -> [(Rule, String)] {
        var faults: [(Rule, String)] = []
        for line in source.lines where !line.contains("#pragma") {
            for name in Cpp.names(line) where Self.banned.contains(name) {
                faults.append((.language, "\(name) in: \(line)"))
            }
            if line.contains("long double") { faults.append((.language, "long double")) }
            if line.contains("(*") { faults.append((.language, "a pointer to a function or an array: \(line)")) }
            if line.contains(" *)") || line.contains("_cast<") && line.contains("*>") {
                faults.append((.language, "a cast of a pointer: \(line)"))
            }
            if line.contains("[&]") || line.contains("[=]") || line.contains(" [](") {
                faults.append((.language, "a function without a name: \(line)"))
            }
        }
        return faults
    }

    /// The name of an array that a statement declares.
    private static func array(_ statement: String) -> String? {
        let front = statement.prefix { $0 != "=" }
        guard let open = front.firstIndex(of: "["), !front[..<open].contains("("), !front.hasPrefix("for") else {
            return nil
        }
        let declared = front[..<open]
        let name = declared.reversed().prefix(while: Cpp.isWord)
        // Not an assignment to an element, nor one of a sum: a type stands in front of the name.
        guard declared.count > name.count + 1, declared.dropLast(name.count).last == " ",
            !["return", "if", "else"].contains(Cpp.names(String(declared)).first ?? "")
        else { return nil }
        return String(name.reversed())
    }

    private func passing(_ function: CheckedSource.Block) -> [(Rule, String)] {
        var faults: [(Rule, String)] = []
        for text in Cpp.arguments(function.header) where text.contains("hls::stream<") && !text.contains("&") {
            faults.append((.reference, "by value: \(text)"))
        }
        for statement in function.all.flatMap(\.statements) where statement.contains("hls::stream<") {
            let isPlain = statement.hasPrefix("hls::stream<") && !statement.contains("=")
            if !isPlain { faults.append((.reference, "a copy or a container of streams: \(statement)")) }
        }
        return faults
    }

    /// A function with a result ends with it, whatever way is taken.
    private func result(_ function: CheckedSource.Block) -> [(Rule, String)] {
        let front = Cpp.withoutTemplate(function.header).prefix { $0 != "(" }
        let words = Cpp.names(String(front))
        let hasResult = words.count > 1 && !words.contains("void")
        return hasResult && !Self.returns(function.items) ? [(.returns, function.header)] : []
    }

    private static func returns(_ items: [CheckedSource.Item]) -> Bool {
        switch items.last {
        case .statement(let text)?: return text.hasPrefix("return") || text.hasPrefix("else return")
        case .block(let last)?:
            guard last.header.hasPrefix("else"), returns(last.items) else { return false }
            return last.header.hasPrefix("else if") ? false : items.count > 1 && returns(before: items)
        case nil: return false
        }
    }

    /// Whether every branch in front of an `else` returns.
    private static func returns(before items: [CheckedSource.Item]) -> Bool {
        switch items.dropLast().last {
        case .statement(let text)?: return text.hasPrefix("if") && text.contains(") return")
        case .block(let branch)?:
            guard returns(branch.items) else { return false }
            if branch.header.hasPrefix("if") { return true }
            return branch.header.hasPrefix("else if") && returns(before: Array(items.dropLast()))
        case nil: return false
        }
    }

    /// A call of a function by its own plain name; templates may call others of their kind.
    private func recursion(_ function: CheckedSource.Block) -> [(Rule, String)] {
        let texts = function.all.flatMap(\.statements) + function.blocks.flatMap(\.all).map(\.header)
        let isCalled = texts.contains { text in
            Cpp.calls(text).contains { call in
                call.name == function.name && !call.isTemplate && !text[..<call.start].hasSuffix("::")
                    && !text[..<call.start].hasSuffix(".")
            }
        }
        return isCalled ? [(.language, "\(function.name) calls itself")] : []
    }

    /// Variables that outlive a call.
    private func state() -> [(Rule, String)] {
        var faults: [(Rule, String)] = []
        for function in source.functions {
            for block in function.all {
                let reset = block.pragmas.filter { $0.first?.lowercased() == "reset" }.flatMap { $0 }
                for statement in block.statements where statement.hasPrefix("static ") {
                    let name = Cpp.names(String(statement.prefix { !"=[".contains($0) })).last ?? ""
                    if !statement.contains("const"), !reset.contains("variable=" + name) {
                        faults.append((.state, statement))
                    }
                }
            }
        }
        let spaces = source.root.all.filter { $0.kind == .file || $0.header.contains("namespace") }
        let harmless = ["typedef ", "using ", "const ", "static const ", "template ", "static_assert", "struct "]
        for statement in spaces.flatMap(\.statements)
        where !statement.contains("(") && !harmless.contains(where: statement.hasPrefix) {
            faults.append((.state, "outside of functions: \(statement)"))
        }
        return faults
    }
}
