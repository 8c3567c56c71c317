/// The top function's arguments, and the names that reach the hardware.
struct TopRules {
    let project: CheckedProject

    /// `config_compile -name_max_length` in the scripts.
    static let longestName = 80

    func check(_ found: inout [Checker.Finding]) {
        let path = "firmware/\(project.top).cpp"
        var faults = names()
        if let top = project.topFunction {
            faults += arguments(top) + directions(top) + control(top)
        } else {
            faults.append((.name, "no plain function \(project.top)"))
        }
        if project.top == "main" { faults.append((.name, "the top function is main")) }
        found += faults.map { .init(rule: $0, file: path, text: $1) }
    }

    /// Without a protocol of the block, arrays are read in every cycle.
    private func control(_ top: CheckedSource.Block) -> [(Rule, String)] {
        let isFree = top.pragmas.contains { $0.contains("ap_ctrl_none") }
        let isEveryCycle = top.pragma("pipeline")?.contains("II=1") ?? false
        let isStream = Cpp.arguments(top.header).allSatisfy { $0.contains("hls::stream<") }
        return isFree && !isEveryCycle && !isStream ? [(.interface, "ap_ctrl_none, and not II=1")] : []
    }

    private func arguments(_ top: CheckedSource.Block) -> [(Rule, String)] {
        Cpp.arguments(top.header).compactMap { argument -> (Rule, String)? in
            let isNumber = Cpp.names(argument).contains { project.types[$0] != nil }
            let sizes = Cpp.dimensions(argument)
            let isStream = argument.hasPrefix("hls::stream<") && argument.contains("> &")
            let isArray = sizes.allSatisfy { Int($0).map { $0 > 0 } ?? false } && !argument.contains("&")
            if !isNumber { return (.arguments, "neither a number nor a group of them: \(argument)") }
            if argument.contains("*") { return (.arguments, "a pointer: \(argument)") }
            if argument.contains("hls::stream<") && !sizes.isEmpty { return (.arguments, "streams in an array") }
            return isStream || isArray ? nil : (.arguments, "no fixed size: \(argument)")
        } + members()
    }

    /// What a group of numbers may not hold.
    private func members() -> [(Rule, String)] {
        let structs = project.sources.flatMap(\.root.all).filter { $0.kind == .scope && $0.header.contains("struct") }
        let members: [String] = structs.flatMap(\.statements).filter {
            $0.contains("hls::stream<")
                || $0.contains(" *") && !$0.contains("(") && !$0.contains("=") && !$0.hasPrefix("typedef ")
        }
        return members.map { (.arguments, "a struct with a pointer or a stream: \($0)") }
    }

    /// Each argument is read or written, by one process or layer after the other.
    private func directions(_ top: CheckedSource.Block) -> [(Rule, String)] {
        let functions = project.functions
        var uses: [String: Set<Bool>] = [:]
        for statement in top.statements {
            guard let call = Cpp.calls(statement).first, let callee = functions[call.name] else { continue }
            for (argument, parameter) in zip(call.arguments, Cpp.arguments(callee.header)) {
                uses[argument.filter { $0 != " " }, default: []].insert(Direction.isWritten(parameter))
            }
        }
        let unclear = Cpp.parameters(top.header).filter { uses[$0]?.count != 1 }
        return unclear.map { (.arguments, "\($0) is not either read or written") } + streams()
    }

    /// A stream called x is only read and one called y only written.
    private func streams() -> [(Rule, String)] {
        project.sources.flatMap(\.functions).filter { $0.header.contains("hls::stream<") }.flatMap { function in
            function.all.flatMap(\.statements).filter { statement in
                Cpp.calls(statement).contains { call in
                    let object = statement[..<call.start].dropLast().reversed().prefix(while: Cpp.isWord).last
                    return call.name == "write" && object == "x" || call.name == "read" && object == "y"
                }
            }.map { (.arguments, "against its direction in \(function.name): \($0)") }
        }
    }

    private func names() -> [(Rule, String)] {
        var faults: [(Rule, String)] = []
        for source in project.sources {
            for name in source.lines.flatMap(Cpp.names) where name.count > Self.longestName {
                faults.append((.name, "longer than \(Self.longestName): \(name)"))
            }
        }
        let functions = project.functions
        var taken: Set<String> = []
        for name in functions.keys.sorted() where !taken.insert(Self.cut(name)).inserted {
            faults.append((.name, "\(name) is not the only one when cut"))
        }
        var symbols = Array(functions.keys)
        if let top = project.topFunction {
            let locals = top.statements.compactMap { statement -> String? in
                let names = Cpp.names(String(statement.prefix { !"[(".contains($0) }))
                return names.count > 1 ? names.last : nil
            }
            let tensors = Cpp.parameters(top.header) + locals
            symbols += tensors
            var cut: Set<String> = []
            for name in tensors where !cut.insert(Self.cut(name)).inserted {
                faults.append((.name, "\(name) is not the only one when cut"))
            }
        }
        for name in symbols.sorted() where Keywords.hardware.contains(name.lowercased()) {
            faults.append((.name, "\(name) is a word of Verilog or VHDL"))
        }
        return faults
    }

    /// As the tool cuts it, and as VHDL reads it.
    private static func cut(_ name: String) -> String { name.prefix(longestName).lowercased() }
}
