/// The rules of hardware C++ that the vendor's tools do not enforce, or only after hours: what a written project must
/// keep so that it is synthesised as it is meant.
struct Checker {
    struct Finding: Hashable, CustomStringConvertible {
        var rule: String
        var file: String
        var text: String

        var description: String { "\(rule) \(file): \(text)" }
    }

    let target: PragmaTable.Target
    /// The files of the written project by path, those of ap_types left out.
    let files: [String: String]

    init(_ files: [String: String], _ target: PragmaTable.Target) {
        self.target = target
        self.files = files.filter { !$0.key.contains("ap_types/") }
    }

    func findings() -> [Finding] {
        var found: [Finding] = []
        for (path, text) in files.sorted(by: { $0.key < $1.key }) where isHardware(path) {
            let source = CheckedSource(path, text, target)
            PragmaRules(source: source, target: target).check(&found)
            StructureRules(source: source, target: target).check(&found)
        }
        SizeRules(checker: self).check(&found)
        return found
    }

    /// What the synthesis reads.
    private func isHardware(_ path: String) -> Bool {
        path.hasPrefix("firmware/") && (path.hasSuffix(".h") || path.hasSuffix(".cpp")) && !path.contains("/weights/")
    }
}

/// Words, options and values of pragmas, and where a pragma stands.
struct PragmaRules {
    let source: CheckedSource
    let target: PragmaTable.Target

    func check(_ found: inout [Checker.Finding]) {
        for block in source.root.all {
            for pragma in block.pragmas {
                for (rule, text) in faults(pragma, in: block) {
                    found.append(
                        .init(rule: rule, file: source.path, text: "\(text): \(pragma.joined(separator: " "))"))
                }
            }
        }
    }

    private func faults(_ pragma: [String], in block: CheckedSource.Block) -> [(String, String)] {
        let name = pragma.first?.lowercased() ?? ""
        guard let known = PragmaTable.pragmas[name] else { return [("word", "no pragma")] }
        guard known.targets.contains(target) else { return [("target", "not for \(target)")] }
        var faults: [(String, String)] = []
        var rest = pragma.dropFirst()
        if !known.first.isEmpty {
            if let word = rest.first?.lowercased(), known.first.contains(word) {
                rest = rest.dropFirst()
            } else {
                faults.append(("order", "the kind must stand first"))
            }
        }
        var seen: [String: String] = [:]
        var kind: String?
        for word in rest {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            let key = parts[0].lowercased()
            if parts.count == 1, known.words.contains(key) {
                if kind != nil { faults.append(("word", "two kinds")) }
                kind = key
                continue
            }
            guard let option = known.options.first(where: { $0.name == key }) else {
                faults.append(("word", "unknown word \(word)"))
                continue
            }
            if !option.targets.contains(target) { faults.append(("target", "\(key) is not for \(target)")) }
            if seen.updateValue(parts.count > 1 ? parts[1] : "", forKey: key) != nil {
                faults.append(("word", "\(key) twice"))
            }
            if let fault = fault(option.value, parts.count > 1 ? parts[1] : nil) {
                faults.append(("value", "\(key) \(fault)"))
            }
        }
        for option in known.options where option.isRequired && seen[option.name] == nil {
            faults.append(("word", "\(option.name) is missing"))
        }
        return faults + meaning(name, kind, seen, block)
    }

    private func fault(_ value: PragmaTable.Value, _ text: String?) -> String? {
        switch (value, text) {
        case (.flag, nil): return nil
        case (.flag, _): return "takes no value"
        case (_, nil): return "needs a value"
        case (.number(let least), let text?):
            if let number = Int(text) { return number < least ? "must be at least \(least)" : nil }
            return text.allSatisfy { $0.isLetter || $0.isNumber || "_:*/+-()".contains($0) } ? nil : "is no number"
        case (.name, let text?):
            let isName = text.allSatisfy { $0.isLetter || $0.isNumber || "_.,".contains($0) }
            return isName && text.first?.isNumber == false ? nil : "is no name"
        case (.word(let words), let text?): return words.contains(text.lowercased()) ? nil : "is none of its words"
        }
    }

    /// What an option means together with the others and with the place.
    private func meaning(_ name: String, _ kind: String?, _ seen: [String: String], _ block: CheckedSource.Block)
        -> [(String, String)]
    {
        var faults: [(String, String)] = []
        switch name {
        case "array_partition", "array_reshape":
            if kind ?? "complete" == "complete", seen["factor"] != nil {
                faults.append(("partition", "complete has no factor"))
            }
            if let kind, kind != "complete", seen["factor"] == nil {
                faults.append(("partition", "\(kind) needs a factor"))
            }
        case "pipeline":
            if seen["ii"] == nil, seen["off"] == nil { faults.append(("ii", "an interval must be stated")) }
        case "bind_storage":
            let type = seen["type"]?.lowercased() ?? "", impl = seen["impl"]?.lowercased()
            if let impl, PragmaTable.storage[type]?.contains(impl) == false {
                faults.append(("value", "\(type) of \(impl)"))
            }
        case "interface":
            if block.kind != .function {
                faults.append(("place", "not in a function"))
            } else if let port = seen["port"], port != "return", !Cpp.parameters(block.header).contains(port) {
                faults.append(("place", "\(port) is no argument"))
            }
        default: break
        }
        switch name {
        case "pipeline", "unroll", "dataflow", "loop_tripcount", "loop_flatten":
            let isUnroll = name == "unroll" || name.hasPrefix("loop")
            if block.kind != .loop, isUnroll || block.kind != .function { faults.append(("place", "not in a loop")) }
        case "inline": if block.kind != .function { faults.append(("place", "not in a function")) }
        case "stream", "array_partition", "array_reshape", "resource", "bind_storage":
            if block.kind == .file || block.kind == .scope { faults.append(("place", "outside of a function")) }
            if let variable = seen["variable"], !declared(variable, block) {
                faults.append(("place", "\(variable) is not declared"))
            }
        default: break
        }
        return faults
    }

    /// Whether the variable is a parameter or a local of the pragma's block or one around it.
    private func declared(_ variable: String, _ block: CheckedSource.Block) -> Bool {
        let around = source.root.all.filter { $0.all.contains { $0 === block } }
        return around.contains { outer in
            if outer.kind == .function, Cpp.parameters(outer.header).contains(variable) { return true }
            return outer.statements.contains { Cpp.names($0).contains(variable) && !$0.hasPrefix(variable) }
        }
    }
}

/// As much of C++ as the rules need.
enum Cpp {
    /// The identifiers of a text.
    static func names(_ text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    }

    /// The argument list of a function's header.
    static func arguments(_ header: String) -> [String] {
        guard let open = header.firstIndex(of: "("), let close = header.lastIndex(of: ")") else { return [] }
        var parts = [""]
        var depth = 0
        for character in header[header.index(after: open)..<close] {
            if "<([".contains(character) { depth += 1 }
            if ">)]".contains(character) { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.filter { $0.contains { !$0.isWhitespace } }
    }

    /// The names of a function's parameters.
    static func parameters(_ header: String) -> [String] {
        arguments(header).compactMap { names(String($0.prefix { $0 != "[" })).last }
    }
}
