/// Where a pragma stands, and whether what it names is there.
struct PlaceRules {
    let source: CheckedSource
    let target: PragmaTable.Target
    /// The name of the top function.
    let topFunction: String

    func check(_ found: inout [Checker.Finding]) {
        let words = PragmaRules(target: target)
        source.root.walk { block, around in
            for pragma in block.pragmas {
                for (rule, text) in words.faults(pragma) + faults(pragma, block, around) {
                    found.append(
                        .init(rule: rule, file: source.path, text: "\(text): \(pragma.joined(separator: " "))"))
                }
            }
        }
        found += source.bareDependences.map { .init(rule: .dependence, file: source.path, text: $0) }
    }

    private func faults(_ pragma: [String], _ block: CheckedSource.Block, _ around: [CheckedSource.Block])
        -> [PragmaRules.Fault]
    {
        func option(_ name: String) -> String? {
            pragma.first { $0.lowercased().hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
        }
        var faults: [PragmaRules.Fault] = []
        let name = pragma.first?.lowercased() ?? ""
        switch name {
        case "pipeline", "unroll", "dataflow", "loop_tripcount", "loop_flatten":
            let isLoopOnly = name == "unroll" || name.hasPrefix("loop")
            if block.kind != .loop, isLoopOnly || block.kind != .function {
                faults.append((.knownWord, "not in a loop"))
            }
        case "inline", "allocation", "function_instantiate":
            if block.kind != .function { faults.append((.knownWord, "not in a function")) }
        case "interface":
            if block.kind != .function {
                faults.append((.interface, "not in a function"))
            } else if let port = option("port"), port != "return", !Cpp.parameters(block.header).contains(port) {
                faults.append((.interface, "\(port) is no argument"))
            } else if pragma.contains(where: { $0.hasPrefix("ap_ctrl_") }) != (option("port") == "return") {
                faults.append((.interface, "a protocol of the block stands at 'return', and no other does"))
            }
        case "stream", "array_partition", "array_reshape", "resource", "bind_storage", "dependence", "data_pack",
            "aggregate":
            if block.kind == .file || block.kind == .scope { faults.append((.knownWord, "outside of a function")) }
            guard let whole = option("variable")?.prefix(while: { $0 != "[" }).description else { break }
            // Of a member the variable is known, not the size.
            let variable = whole.prefix { $0 != "." }.description
            guard let declaration = declaration(variable, [block] + around.reversed()) else {
                faults.append((.knownWord, "\(variable) is not declared"))
                break
            }
            if name.hasPrefix("array"), variable == whole {
                faults += dimensions(declaration, option("factor"), option("dim"))
            }
            if name == "bind_storage", block.name == topFunction, Cpp.parameters(block.header).contains(variable) {
                faults.append((.storage, "on an argument of the top function"))
            }
        default: break
        }
        return faults
    }

    /// A factor divides the dimension that it cuts, where both are written out.
    private func dimensions(_ declaration: String, _ factor: String?, _ dim: String?) -> [PragmaRules.Fault] {
        let sizes = Cpp.dimensions(declaration)
        let index = dim.flatMap { Int($0) } ?? 1
        if index > max(1, sizes.count) { return [(.partition, "there is no dimension \(index)")] }
        guard let factor = factor.flatMap({ Int($0) }), factor > 0, index > 0, index <= sizes.count,
            let size = Int(sizes[index - 1])
        else { return [] }
        return size % factor == 0 ? [] : [(.partition, "\(factor) does not divide \(size)")]
    }

    /// The parameter or the local of that name, from the inside out.
    private func declaration(_ variable: String, _ blocks: [CheckedSource.Block]) -> String? {
        for block in blocks {
            if block.kind == .function,
                let parameter = Cpp.arguments(block.header).first(where: {
                    Cpp.names(String($0.prefix { $0 != "[" })).last == variable
                })
            {
                return parameter
            }
            if let local = block.statements.first(where: {
                Cpp.names(String($0.prefix { !"[=(".contains($0) })).last == variable && !$0.hasPrefix(variable)
            }) {
                return local
            }
        }
        return nil
    }
}
