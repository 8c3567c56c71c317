/// What code may do and how it must be shaped.
struct StructureRules {
    let source: CheckedSource
    let target: PragmaTable.Target

    private static let banned: Set<String> = [
        "std", "new", "delete", "throw", "try", "virtual", "goto", "malloc", "free", "printf", "iostream", "vector",
        "algorithm", "reinterpret_cast", "dynamic_cast", "va_list", "main",
    ]
    private static let reserved: Set<String> = [
        "module", "endmodule", "wire", "reg", "always", "assign", "entity", "architecture", "signal", "process",
        "begin",
        "output", "input", "inout", "port", "is", "of", "library",
    ]

    func check(_ found: inout [Checker.Finding]) {
        for (rule, text) in words() + functions() + loops() + dataflow() {
            found.append(.init(rule: rule, file: source.path, text: text))
        }
    }

    private func words() -> [(String, String)] {
        var faults: [(String, String)] = []
        for line in source.lines where !line.contains("#pragma") {
            let names = Cpp.names(line)
            for name in names where Self.banned.contains(name) { faults.append(("language", "\(name) in: \(line)")) }
            for name in names where name.count > 80 { faults.append(("name", "longer than 80: \(name)")) }
            if line.contains("long double") { faults.append(("language", "long double")) }
            let isConstant =
                line.contains("static const") || line.contains("static_assert") || line.contains("const unsigned")
            if line.contains("%"), !isConstant, !line.contains("static_assert"), !line.contains("reuse_factor must") {
                // The second line of an assertion.
                if !line.contains("rf") { faults.append(("division", line)) }
            }
        }
        return faults
    }

    private func functions() -> [(String, String)] {
        var faults: [(String, String)] = []
        for block in source.root.all where block.kind == .function {
            for argument in Cpp.arguments(block.header)
            where argument.contains("hls::stream<") && !argument.contains("&") {
                faults.append(("stream", "by value: \(argument)"))
            }
            let name = Cpp.names(String(block.header.prefix { $0 != "(" })).last ?? ""
            if source.path.hasSuffix(".cpp"), Self.reserved.contains(name.lowercased()) {
                faults.append(("name", "\(name) is a word of Verilog or VHDL"))
            }
            for inner in block.all {
                for statement in inner.statements where statement.hasPrefix("static ") && !statement.contains("const") {
                    faults.append(("state", statement))
                }
            }
            let isPipelined = block.pragma("pipeline").map { !$0.contains("off") } ?? false
            let within = block.blocks.flatMap(\.all).filter { $0.pragma("pipeline") != nil }
            if isPipelined, !within.isEmpty { faults.append(("nesting", "PIPELINE below PIPELINE in \(name)")) }
            let rewinds = block.all.contains { $0.pragma("pipeline")?.contains("rewind") == true }
            if rewinds, block.all.count(where: { $0.kind == .loop && $0.pragma("unroll") == nil }) > 1 {
                faults.append(("rewind", "more than one loop in \(name)"))
            }
        }
        return faults
    }

    private func loops() -> [(String, String)] {
        var faults: [(String, String)] = []
        for block in source.root.all where block.kind == .loop {
            let below = block.blocks.flatMap(\.all)
            if block.pragma("pipeline") != nil {
                if below.contains(where: { $0.pragma("pipeline") != nil }) { faults.append(("nesting", block.header)) }
                for loop in below where loop.kind == .loop && !isBounded(loop.header) {
                    faults.append(("bound", loop.header))
                }
            }
            if block.pragma("unroll") != nil, !isBounded(block.header) { faults.append(("bound", block.header)) }
            let isSteered = block.pragma("unroll") != nil || block.pragma("pipeline") != nil
            let inner = block.blocks.filter { $0.kind == .loop }
            let trips = trips(block.header)
            if trips == 1, block.pragma("pipeline") != nil {
                faults.append(("trip", "PIPELINE of one trip: \(block.header)"))
            }
            // Short loops are not pipelined by the tool's own choice.
            if let trips, trips <= 64 { continue }
            if !isSteered, inner.isEmpty || inner.contains(where: { $0.pragma("pipeline") == nil }) {
                faults.append(("automatic", "neither PIPELINE nor UNROLL: \(block.header)"))
            }
        }
        return faults
    }

    /// The number of trips where it is written out.
    private func trips(_ header: String) -> Int? {
        let parts = header.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasSuffix("= 0") else { return nil }
        return parts[1].split(separator: "<").last.flatMap { Int($0.filter { $0 != " " }) }
    }

    /// Counted up to a constant: no call and no subscript in the condition.
    private func isBounded(_ header: String) -> Bool {
        let parts = header.split(separator: ";", omittingEmptySubsequences: false)
        guard header.contains("for ("), parts.count == 3 else { return false }
        return parts[1].contains("<") && !parts[1].contains("[") && !parts[1].contains("(")
    }

    /// A region of processes: declarations and calls, each tensor written once and then read once.
    private func dataflow() -> [(String, String)] {
        var faults: [(String, String)] = []
        for block in source.root.all where block.pragma("dataflow") != nil {
            if block.pragma("inline") != nil { faults.append(("dataflow", "INLINE beside DATAFLOW")) }
            if !block.blocks.isEmpty { faults.append(("dataflow", "more than declarations and calls")) }
            let arguments = Cpp.parameters(block.header)
            var locals: [String: Int] = [:]
            for statement in block.statements {
                if let local = declaration(statement) {
                    locals[local] = 0
                    continue
                }
                guard let used = call(statement) else {
                    faults.append(("dataflow", "neither declaration nor call: \(statement)"))
                    continue
                }
                for name in used {
                    if let count = locals[name] {
                        locals[name] = count + 1
                    } else if !arguments.contains(name) {
                        faults.append(("dataflow", "\(name) is neither argument nor local"))
                    }
                }
            }
            for (name, count) in locals.sorted(by: { $0.key < $1.key }) where count != 2 {
                faults.append(("dataflow", "\(name) is used by \(count) processes, not by a writer and a reader"))
            }
            faults += streams(block, locals)
            faults += inlined(block)
        }
        return faults
    }

    /// `fc1_t fc1_out[64]` and `hls::stream<fc1_t> fc1_out("fc1_out")`.
    private func declaration(_ statement: String) -> String? {
        if statement.hasPrefix("hls::stream<") {
            return Cpp.names(String(statement.prefix { $0 != "(" })).last
        }
        guard statement.contains(" "), statement.contains("["), !statement.contains("(") else { return nil }
        return Cpp.names(String(statement.prefix { $0 != "[" })).last
    }

    /// The arguments of `fc1(jet, fc1_out)`.
    private func call(_ statement: String) -> [String]? {
        guard statement.hasSuffix(")"), !statement.contains("="), let open = statement.firstIndex(of: "("),
            !statement[..<open].contains(" ")
        else { return nil }
        return Cpp.names(String(statement[open...]))
    }

    private func streams(_ block: CheckedSource.Block, _ locals: [String: Int]) -> [(String, String)] {
        let deep = block.pragmas.filter { $0.first?.lowercased() == "stream" }.compactMap { pragma in
            pragma.contains { $0.hasPrefix("depth=") } ? pragma.first { $0.hasPrefix("variable=") } : nil
        }
        return block.statements.filter { $0.hasPrefix("hls::stream<") }.compactMap(declaration).filter {
            !deep.contains("variable=" + $0)
        }.map { ("stream", "\($0) has no depth") }
    }

    /// Processes of the same file that would vanish into the region.
    private func inlined(_ region: CheckedSource.Block) -> [(String, String)] {
        let called = Set(region.statements.compactMap { Cpp.names($0).first })
        return source.root.blocks.filter { block in
            block.kind == .function && called.contains(Cpp.names(String(block.header.prefix { $0 != "(" })).last ?? "")
                && !(block.pragma("inline")?.contains("off") ?? false)
        }.map { ("dataflow", "a process is not kept apart: \($0.header)") }
    }
}
