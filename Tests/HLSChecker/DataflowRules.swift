/// A region of processes: what it may hold, and how tensors pass through it.
struct DataflowRules {
    let source: CheckedSource
    /// The functions of the whole project that are no templates, by their names.
    let functions: [String: CheckedSource.Block]
    let top: String

    typealias Fault = (Rule, String)

    /// What a process does with one of its arguments.
    private struct Use {
        var process: Int
        var writes: Bool
        var isStream: Bool
    }

    func check(_ found: inout [Checker.Finding]) {
        var faults: [Fault] = []
        for block in source.root.all {
            faults += depths(block)
            guard block.pragma("dataflow") != nil else { continue }
            if block.pragma("inline") != nil { faults.append((.inlining, "INLINE beside DATAFLOW")) }
            if !block.blocks.isEmpty { faults.append((.dataflow, "more than declarations and calls")) }
            faults += region(block)
        }
        if source.path.hasSuffix(".cpp") { faults += inlining() }
        found += faults.map { .init(rule: $0, file: source.path, text: $1) }
    }

    private func region(_ block: CheckedSource.Block) -> [Fault] {
        var faults: [Fault] = []
        let arguments = Set(Cpp.parameters(block.header))
        var locals: [String: [Use]] = [:]
        var process = 0
        for statement in block.statements {
            if let local = declaration(statement) {
                locals[local] = []
                continue
            }
            guard let call = call(statement) else {
                faults.append((.dataflow, "neither declaration nor call: \(statement)"))
                continue
            }
            guard let callee = functions[call.name] else {
                faults.append((.dataflow, "\(call.name) is not a function of the project"))
                continue
            }
            if !Cpp.names(String(callee.header.prefix { $0 != "(" })).contains("void") {
                faults.append((.dataflow, "\(call.name) has a result"))
            }
            for (name, parameter) in zip(call.arguments, Cpp.arguments(callee.header)) {
                if locals[name] != nil {
                    locals[name]?.append(
                        Use(
                            process: process, writes: Direction.isWritten(parameter),
                            isStream: parameter.contains("hls::stream<")))
                } else if !arguments.contains(name) {
                    faults.append((.dataflow, "\(name) is neither argument nor local"))
                }
            }
            process += 1
        }
        for (name, uses) in locals.sorted(by: { $0.key < $1.key }) {
            if uses.count != 2 || !uses[0].writes || uses[1].writes || uses[0].process == uses[1].process {
                faults.append((.dataflow, "\(name) is not written by one process and then read by one"))
            }
        }
        return faults + bypasses(block, locals)
    }

    /// Tensors that are led past a process: no array may be, and a stream needs a place for each that it passes.
    private func bypasses(_ block: CheckedSource.Block, _ locals: [String: [Use]]) -> [Fault] {
        let edges = locals.filter { $0.value.count == 2 }
        var levels: [Int: Int] = [:]
        for (_, uses) in edges.sorted(by: { ($0.value[1].process, $0.key) < ($1.value[1].process, $1.key) }) {
            levels[uses[1].process] = max(levels[uses[1].process] ?? 0, (levels[uses[0].process] ?? 0) + 1)
        }
        return edges.sorted { $0.key < $1.key }.compactMap { name, uses in
            let passed = (levels[uses[1].process] ?? 0) - (levels[uses[0].process] ?? 0) - 1
            guard passed > 0 else { return nil }
            if !uses[0].isStream { return (.dataflow, "\(name) is led past \(passed) processes") }
            let depth = depth(of: name, block) ?? 0
            return depth > passed ? nil : (.depth, "\(name) is led past \(passed) processes with a depth of \(depth)")
        }
    }

    /// `fc1_t fc1_out[64]` and `hls::stream<fc1_t> fc1_out("fc1_out")`.
    private func declaration(_ statement: String) -> String? {
        if statement.hasPrefix("hls::stream<") { return Cpp.names(String(statement.prefix { $0 != "(" })).last }
        guard statement.contains(" "), statement.contains("["), !statement.contains("(") else { return nil }
        return Cpp.names(String(statement.prefix { $0 != "[" })).last
    }

    /// `fc1(jet, fc1_out)`.
    private func call(_ statement: String) -> (name: String, arguments: [String])? {
        guard statement.hasSuffix(")"), !statement.contains("="), let call = Cpp.calls(statement).first,
            call.start == statement.startIndex
        else { return nil }
        return (call.name, call.arguments.map { $0.filter { $0 != " " } })
    }

    private func depth(of stream: String, _ block: CheckedSource.Block) -> Int? {
        block.pragmas.first { $0.first?.lowercased() == "stream" && $0.contains("variable=" + stream) }?
            .first { $0.hasPrefix("depth=") }.flatMap { Int($0.dropFirst(6)) }
    }

    /// Streams inside of functions.
    private func depths(_ block: CheckedSource.Block) -> [Fault] {
        guard block.kind == .function || block.kind == .loop || block.kind == .other else { return [] }
        return block.statements.filter { $0.hasPrefix("hls::stream<") }.compactMap(declaration).filter {
            depth(of: $0, block) == nil
        }.map { (.depth, "\($0) has no depth") }
    }

    /// Functions with a name of their own are kept: all but regions and templates.
    private func inlining() -> [Fault] {
        source.functions.filter { function in
            let isKept = function.pragma("inline")?.contains("off") ?? false
            return !isKept && function.name != top && !function.header.hasPrefix("template")
        }.map { (.inlining, "no INLINE off: \($0.header)") }
    }
}

/// What a function does with a tensor, told by its declaration: arrays to read are const, streams to read are called x.
enum Direction {
    static func isWritten(_ parameter: String) -> Bool {
        guard parameter.contains("hls::stream<") else { return !parameter.hasPrefix("const ") }
        return Cpp.names(parameter).last?.first != "x"
    }
}
