/// Elements of streams, and constants, as they are held.
struct ElementRules {
    let source: CheckedSource
    let target: PragmaTable.Target

    func check(_ found: inout [Checker.Finding]) {
        for function in source.functions {
            let pragmas = function.all.flatMap(\.pragmas)
            for name in elements(function) where !pragmas.contains(where: { holds($0, name) }) {
                found.append(
                    .init(rule: .element, file: source.path, text: "\(name) of \(function.name) may become a memory"))
            }
        }
        for (block, header) in functions(source.root, "") {
            memories(block, header).forEach { found.append(.init(rule: .memory, file: source.path, text: $0)) }
        }
    }

    /// Variables that hold an element: what is read of a stream, and what is written to one.
    private func elements(_ function: CheckedSource.Block) -> [String] {
        var names: [String] = []
        for statement in function.all.flatMap(\.statements) {
            if statement.hasSuffix(".read()"), let equals = statement.firstIndex(of: "=") {
                names += Cpp.names(String(statement[..<equals])).last.map { [$0] } ?? []
            }
            for call in Cpp.calls(statement) where call.name == "write" && call.arguments.count == 1 {
                let argument = call.arguments[0]
                if argument.allSatisfy(Cpp.isWord) { names.append(argument) }
            }
        }
        return Array(Set(names)).sorted()
    }

    private func holds(_ pragma: [String], _ name: String) -> Bool {
        switch target {
        case .vivado: pragma.first?.lowercased() == "data_pack" && pragma.contains("variable=\(name)")
        case .vitis:
            pragma.first?.lowercased() == "array_partition" && pragma.contains("variable=\(name).data")
                && pragma.contains("complete")
        }
    }

    /// All functions with the header of the struct that they stand in.
    private func functions(_ block: CheckedSource.Block, _ header: String) -> [(CheckedSource.Block, String)] {
        if block.kind == .function { return [(block, header)] }
        return block.blocks.flatMap { functions($0, block.header) }
    }

    /// A word of weights is a column of the array: cut into blocks by another factor than a power of two, its places
    /// are found by division. Block RAM is for many words: the last argument of the struct says so.
    private func memories(_ function: CheckedSource.Block, _ header: String) -> [String] {
        function.pragmas.compactMap { pragma in
            let text = pragma.joined(separator: " ").lowercased()
            if pragma.first?.lowercased() == "array_reshape", !text.contains("complete") {
                return "cut by division: \(text)"
            }
            let isBlock = text.hasSuffix("impl=bram") || text.hasSuffix("_bram")
            return isBlock && !header.hasSuffix("true>") ? "block RAM for a few words: \(text)" : nil
        }
    }
}
