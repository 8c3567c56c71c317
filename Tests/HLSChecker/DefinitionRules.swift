/// Every symbol is defined once over the project, and sizes agree wherever they are stated.
struct DefinitionRules {
    let project: CheckedProject

    func check(_ found: inout [Checker.Finding]) {
        once(&found)
        guards(&found)
        constants(&found)
        calls(&found)
        prototypes(&found)
    }

    private func once(_ found: inout [Checker.Finding]) {
        var places: [String: String] = [:]
        func define(_ symbol: String, _ path: String) {
            if let first = places.updateValue(path, forKey: symbol) {
                found.append(.init(rule: .definition, file: path, text: "\(symbol) is defined in \(first) too"))
            }
        }
        for source in project.sources {
            let spaces = source.root.all.filter { $0.kind == .file || $0.header.contains("namespace") }
            for statement in spaces.flatMap(\.statements) where statement.hasPrefix("typedef ") {
                define("type \(Cpp.names(statement).last ?? "")", source.path)
            }
            for block in spaces.flatMap(\.blocks) {
                if block.kind == .function {
                    let isTemplate = block.header.hasPrefix("template")
                    // Kernels for arrays and for streams share their names.
                    define(isTemplate ? "template \(block.header)" : "function \(block.name)", source.path)
                    if source.path.hasSuffix(".h"), !isTemplate {
                        found.append(
                            .init(
                                rule: .definition, file: source.path,
                                text: "each file that includes \(block.name) has one"))
                    }
                } else if let word = block.header.firstRange(of: "struct ") {
                    define("struct \(block.header[word.upperBound...])", source.path)
                }
            }
        }
    }

    private func guards(_ found: inout [Checker.Finding]) {
        var places: [Substring: String] = [:]
        for (path, text) in project.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".h") {
            let line = SourceText.line(of: text, startingWith: "#ifndef ")
            guard let name = line?.dropFirst("#ifndef ".count) else {
                found.append(.init(rule: .definition, file: path, text: "no guard"))
                continue
            }
            if let first = places.updateValue(path, forKey: name) {
                found.append(.init(rule: .definition, file: path, text: "the guard of \(first)"))
            }
        }
    }

    /// The length that a file of weights states, by the array's name.
    private var lengths: [String: Int] {
        var lengths: [String: Int] = [:]
        for (path, text) in project.files where path.hasPrefix("firmware/weights/") && path.hasSuffix(".h") {
            guard let line = SourceText.line(of: text, startingWith: "static const ") else { continue }
            let name = Cpp.names(String(line.prefix { $0 != "[" })).last ?? ""
            lengths[name] = Self.product(Cpp.dimensions(String(line)).map { Int($0) })
        }
        return lengths
    }

    /// The elements of an array of several dimensions, where all are known.
    private static func product(_ sizes: [Int?]) -> Int? {
        sizes.isEmpty ? nil : sizes.reduce(1) { total, size in total.flatMap { total in size.map { total * $0 } } }
    }

    private func constants(_ found: inout [Checker.Finding]) {
        let lengths = lengths
        for (path, text) in project.files.sorted(by: { $0.key < $1.key })
        where path.hasPrefix("firmware/weights/") && path.hasSuffix(".h") {
            func report(_ text: String) { found.append(.init(rule: .definition, file: path, text: text)) }
            let file = path.split(separator: "/").last ?? ""
            let users = project.sources.filter { source in
                source.lines.contains { $0.hasPrefix("#include") && $0.contains("/\(file)\"") }
            }
            if users.count != 1 { report("included by \(users.map(\.path))") }
            let body = text.split(separator: "=", maxSplits: 1).last?.filter { $0 != "{" }.prefix { $0 != ";" } ?? ""
            let declared = SourceText.line(of: text, startingWith: "static const ")?.prefix { $0 != "[" } ?? ""
            if declared.contains(",AP_") { found.append(.init(rule: .plain, file: path, text: "modes of a constant")) }
            let values = body.utf8.split(separator: UInt8(ascii: ",")).count {
                $0.contains { $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: "}") }
            }
            let name = "\(project.top)_\(file.dropLast(2))"
            if lengths[name] != values { report("\(values) values, not \(lengths[name] ?? 0)") }
        }
    }

    /// What a kernel is given is as long as it says.
    private func calls(_ found: inout [Checker.Finding]) {
        let lengths = lengths, functions = project.functions
        for call in project.calls {
            let isStream = functions[project.top + "_" + call.layer]?.header.contains("hls::stream<") ?? false
            guard let kernel = project.kernel(call.kernel, isStream: isStream), let config = project.config(of: call)
            else {
                found.append(.init(rule: .definition, file: call.layer, text: "no kernel \(call.kernel) or no config"))
                continue
            }
            let parameters = Cpp.arguments(kernel.header)
            if parameters.count != call.arguments.count {
                found.append(
                    .init(
                        rule: .definition, file: call.layer, text: "\(call.arguments.count) arguments of \(call.kernel)"
                    ))
            }
            for (argument, parameter) in zip(call.arguments, parameters) {
                guard let length = lengths[argument],
                    let wanted = Self.product(Cpp.dimensions(parameter).map(config.value)),
                    length != wanted
                else { continue }
                found.append(.init(rule: .definition, file: call.layer, text: "\(length) of \(wanted) in \(argument)"))
            }
        }
    }

    /// Declarations are what the definitions are, and arguments of calls what the functions take.
    private func prototypes(_ found: inout [Checker.Finding]) {
        let functions = project.functions
        for source in project.sources where source.path.hasSuffix(".h") {
            for statement in source.root.statements where statement.hasPrefix("void ") {
                let name = Cpp.names(String(statement.prefix { $0 != "(" })).last ?? ""
                if functions[name]?.header != statement {
                    found.append(.init(rule: .definition, file: source.path, text: "\(name) is defined otherwise"))
                }
            }
        }
        for function in functions.values.sorted(by: { $0.name < $1.name }) { arguments(function, functions, &found) }
    }

    private func arguments(
        _ function: CheckedSource.Block, _ functions: [String: CheckedSource.Block], _ found: inout [Checker.Finding]
    ) {
        let statements = function.all.flatMap(\.statements)
        let declared = Cpp.arguments(function.header) + statements
        for statement in statements {
            guard let call = Cpp.calls(statement).first, let callee = functions[call.name] else { continue }
            for (argument, parameter) in zip(call.arguments, Cpp.arguments(callee.header)) {
                let name = argument.filter { $0 != " " }
                guard let own = declared.first(where: { Self.name($0) == name }) else { continue }
                if tensor(own) != tensor(parameter) {
                    found.append(
                        .init(rule: .definition, file: function.name, text: "\(own) for \(parameter)"))
                }
            }
        }
    }

    private static func name(_ declaration: String) -> String? {
        Cpp.names(String(declaration.prefix { !"[(".contains($0) })).count > 1
            ? Cpp.names(String(declaration.prefix { !"[(".contains($0) })).last : nil
    }

    private struct Tensor: Equatable {
        var type: NumberType?
        var sizes: [String]
    }

    private func tensor(_ declaration: String) -> Tensor {
        Tensor(
            type: Cpp.names(declaration).lazy.compactMap { project.types[$0] }.first ?? NumberType(declaration),
            sizes: Cpp.dimensions(declaration))
    }
}
