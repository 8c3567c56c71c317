/// Processes that only regroup a stream.
struct RegroupRules {
    let project: CheckedProject

    func check(_ found: inout [Checker.Finding]) {
        guard let top = project.topFunction, top.header.contains("hls::stream<") else { return }
        let steps = top.statements.compactMap { Cpp.calls($0).first }.filter { project.functions[$0.name] != nil }
        for step in steps {
            let arguments = step.arguments.map { $0.filter { $0 != " " } }
            guard let function = project.functions[step.name], arguments.count == 2,
                !function.all.flatMap(\.statements).contains(where: { $0.hasPrefix("nnet::") }),
                let from = type(function, 0), let to = type(function, 1), from.count != to.count
            else { continue }
            let readers = steps.filter { reader in
                reader.arguments.contains { $0.filter { $0 != " " } == arguments[1] } && reader.name != step.name
            }
            if !readers.isEmpty, readers.allSatisfy({ gathers($0.name, from.count) }) {
                found.append(
                    .init(
                        rule: .regroup, file: "firmware/\(project.top).cpp",
                        text: "\(step.name) regroups \(from.count) for \(readers.map(\.name))"))
            }
        }
    }

    private func type(_ function: CheckedSource.Block, _ index: Int) -> NumberType? {
        let arguments = Cpp.arguments(function.header)
        guard index < arguments.count else { return nil }
        return Cpp.names(arguments[index]).lazy.compactMap { project.types[$0] }.first
    }

    /// Whether a layer's kernel gathers vectors that are made of whole tokens of so many elements.
    private func gathers(_ function: String, _ count: Int) -> Bool {
        let layer = String(function.dropFirst(project.top.count + 1))
        guard let call = project.calls.first(where: { $0.layer == layer }),
            let kernel = project.kernel(call.kernel, isStream: true),
            kernel.all.flatMap(\.statements).contains(where: { $0.hasPrefix("read_tensor<") }),
            let size = project.config(of: call)?.numbers["n_in"]
        else { return false }
        return size % count == 0
    }
}
