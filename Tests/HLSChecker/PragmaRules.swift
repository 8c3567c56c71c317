/// Words, options and values of a pragma.
struct PragmaRules {
    typealias Fault = (rule: Rule, text: String)

    let target: PragmaTable.Target

    /// A pragma taken apart.
    private struct Parts {
        var groups: [Int: String] = [:]
        /// Options with their values, in lower case; a flag has an empty one.
        var options: [String: String] = [:]
    }

    func faults(_ pragma: [String]) -> [Fault] {
        let name = pragma.first?.lowercased() ?? ""
        guard let known = PragmaTable.pragmas[name] else { return [(.knownWord, "no pragma")] }
        guard known.targets.contains(target) else { return [(.target, "not for \(target)")] }
        var faults: [Fault] = []
        var rest = pragma.dropFirst()
        if !known.first.isEmpty {
            let targets = known.first[rest.first?.lowercased() ?? ""]
            if let targets {
                if !targets.contains(target) { faults.append((.target, "\(rest.first ?? "") is not for \(target)")) }
                rest = rest.dropFirst()
            } else {
                faults.append((name == "allocation" ? .allocationKind : .interface, "the kind must stand first"))
            }
        }
        var parts = Parts()
        for word in rest { take(word, known, &parts, &faults) }
        for option in known.options where option.isRequired && parts.options[option.name] == nil {
            faults.append((.knownWord, "\(option.name) is missing"))
        }
        return faults + together(name, parts)
    }

    private func take(_ word: String, _ known: PragmaTable.Pragma, _ parts: inout Parts, _ faults: inout [Fault]) {
        let sides = word.split(separator: "=", maxSplits: 1).map(String.init)
        let key = sides.first?.lowercased() ?? ""
        if sides.count == 1, let group = known.groups.firstIndex(where: { $0[key] != nil }) {
            if known.groups[group][key]?.contains(target) != true {
                faults.append((.target, "\(key) is not for \(target)"))
            }
            if parts.groups.updateValue(key, forKey: group) != nil { faults.append((.knownWord, "two kinds")) }
            return
        }
        guard let option = known.options.first(where: { $0.name == key }) else {
            faults.append((.knownWord, "unknown word \(word)"))
            return
        }
        if !option.targets.contains(target) { faults.append((.target, "\(key) is not for \(target)")) }
        if parts.options.updateValue(sides.count > 1 ? sides[1].lowercased() : "", forKey: key) != nil {
            faults.append((.knownWord, "\(key) twice"))
        }
        if let fault = fault(option.value, sides.count > 1 ? sides[1] : nil) {
            faults.append((key.hasSuffix("burst_length") ? .burst : .knownWord, "\(key) \(fault)"))
        }
    }

    private func fault(_ value: PragmaTable.Value, _ text: String?) -> String? {
        switch (value, text) {
        case (.flag, nil): return nil
        case (.flag, _): return "takes no value"
        case (_, nil): return "needs a value"
        case (.number(let range), let text?):
            if let number = Int(text) { return range.contains(number) ? nil : "must be one of \(range)" }
            return text.allSatisfy { Cpp.isWord($0) || ":*/+-()".contains($0) } ? nil : "is no number"
        case (.powerOfTwo(let most), let text?):
            guard let number = Int(text), number > 0, number <= most, number & (number - 1) == 0 else {
                return "must be a power of two up to \(most)"
            }
            return nil
        case (.name, let text?):
            let isName = text.allSatisfy { Cpp.isWord($0) || ".,[]".contains($0) }
            return isName && text.first?.isNumber == false ? nil : "is no name"
        case (.word(let words), let text?): return words.contains(text.lowercased()) ? nil : "is none of its words"
        }
    }

    /// What options mean together with the others.
    private func together(_ name: String, _ parts: Parts) -> [Fault] {
        let options = parts.options
        var faults: [Fault] = []
        switch name {
        case "array_partition", "array_reshape":
            let kind = parts.groups[0] ?? options["type"] ?? "complete"
            if parts.groups[0] != nil, options["type"] != nil { faults.append((.partition, "two kinds")) }
            if kind == "complete", options["factor"] != nil {
                faults.append((.partition, "complete has no factor"))
            } else if kind != "complete", options["factor"] == nil {
                faults.append((.partition, "\(kind) needs a factor"))
            }
        case "pipeline":
            if options["ii"] == nil, options["off"] == nil { faults.append((.interval, "an interval must be stated")) }
            if options["rewind"] != nil, let style = options["style"], style != "stp" {
                faults.append((.knownWord, "rewind with style=\(style)"))
            }
        case "unroll":
            if options["skip_exit_check"] != nil, options["factor"] == nil {
                faults.append((.knownWord, "skip_exit_check of a loop that is unrolled completely"))
            }
        case "stream":
            let index = Cpp.subscripts(options["variable"] ?? "").first?.index
            if let index, Int(index) == nil { faults.append((.depth, "a subscript that is no number: \(index)")) }
        case "bind_storage":
            let type = options["type"] ?? "", impl = options["impl"]
            if let impl, PragmaTable.storage[type]?.contains(impl) == false {
                faults.append((.storage, "\(type) of \(impl)"))
            }
        case "dependence":
            if (options["variable"] == nil) == (options["class"] == nil) {
                faults.append((.knownWord, "either a variable or a class"))
            }
            if parts.groups[1] == nil, options["dependent"] == nil {
                faults.append((.knownWord, "neither true nor false"))
            }
            if options["distance"] != nil, parts.groups[0] != "inter" || parts.groups[1] != "true" {
                faults.append((.knownWord, "a distance belongs to inter true"))
            }
        default: break
        }
        return faults
    }
}
