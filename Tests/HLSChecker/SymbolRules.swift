/// What a written project defines at global scope, outside of the kernels and the number types, which every project has
/// alike: two projects in one program, or in one design, must not meet.
struct SymbolRules {
    let project: CheckedProject

    func check(_ found: inout [Checker.Finding]) {
        let own = project.sources.filter { !$0.path.contains("nnet_utils/") } + project.host
        for source in own {
            for name in Self.symbols(source) where !isOwn(name, source.path) {
                found.append(.init(rule: .symbol, file: source.path, text: "'\(name)' could be another project's"))
            }
        }
        for (path, text) in project.files where path.hasPrefix("firmware/weights/") && path.hasSuffix(".h") {
            guard let line = SourceText.line(of: text, startingWith: "static const ") else { continue }
            let name = Cpp.names(String(line.prefix { $0 != "[" })).last ?? ""
            if !isOwn(name, path) {
                found.append(.init(rule: .symbol, file: path, text: "'\(name)' could be another project's"))
            }
        }
        guards(&found)
        aliases(&found)
        passes(&found)
    }

    /// The top function itself, what begins with its name, and the programs' entry.
    private func isOwn(_ name: String, _ path: String) -> Bool {
        name == project.top || name.hasPrefix(project.top + "_") || name == "main" && !path.hasPrefix("firmware/")
    }

    /// What a file declares or defines outside of all blocks.
    private static func symbols(_ source: CheckedSource) -> [String] {
        let declared = source.root.statements.compactMap { statement in
            statement.hasPrefix("typedef ")
                ? Cpp.names(statement).last : Cpp.names(String(statement.prefix { !"([=".contains($0) })).last
        }
        let defined = source.root.blocks.compactMap { block -> String? in
            if block.kind == .function { return block.name }
            return Cpp.names(String(block.header.prefix { !"[=:".contains($0) })).last
        }
        return declared + defined
    }

    private func guards(_ found: inout [Checker.Finding]) {
        let kernels = ["firmware/nnet_utils/", "firmware/ap_types/"]
        for (path, text) in project.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".h") {
            guard !kernels.contains(where: path.hasPrefix),
                let line = SourceText.line(of: text, startingWith: "#ifndef ")
            else { continue }
            let name = line.dropFirst("#ifndef ".count)
            if !name.hasPrefix(project.top.uppercased() + "_") {
                found.append(.init(rule: .symbol, file: path, text: "the guard '\(name)' could be another project's"))
            }
        }
    }

    /// A type that is another one of the project's under a second name.
    private func aliases(_ found: inout [Checker.Finding]) {
        for source in project.sources where !source.path.contains("nnet_utils/") {
            for statement in source.root.statements where statement.hasPrefix("typedef ") {
                let other = Cpp.names(statement).dropLast().first { project.types[$0] != nil }
                guard let other else { continue }
                found.append(.init(rule: .symbol, file: source.path, text: "\(other) has two names: \(statement)"))
            }
        }
    }

    /// A tensor goes by one type from the process that writes it to those that read it.
    private func passes(_ found: inout [Checker.Finding]) {
        guard let top = project.topFunction else { return }
        let functions = project.functions
        let declared = Cpp.arguments(top.header) + top.statements
        var types: [String: String] = [:]
        for declaration in declared {
            let front = Cpp.names(String(declaration.prefix { !"[(".contains($0) }))
            if let name = front.last { types[name] = front.first { project.types[$0] != nil } }
        }
        for statement in top.statements {
            guard let call = Cpp.calls(statement).first, let callee = functions[call.name] else { continue }
            for (argument, parameter) in zip(call.arguments, Cpp.arguments(callee.header)) {
                let name = argument.filter { $0 != " " }
                let taken = Cpp.names(parameter).first { project.types[$0] != nil }
                guard let own = types[name], own != taken else { continue }
                found.append(
                    .init(
                        rule: .symbol, file: "firmware/\(project.top).cpp",
                        text: "\(name) is \(own) here and \(taken ?? "no type of the project's") in \(call.name)"))
            }
        }
    }
}
