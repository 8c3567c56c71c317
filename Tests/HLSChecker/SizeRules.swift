/// Limits of the tools on sizes.
struct SizeRules {
    let project: CheckedProject

    /// More bits than this in a reshaped word are refused.
    static let widestWord = 65_536
    /// More bits than this do not pass over a stream bus at once.
    static let widestStream = 4096
    /// Products that a function of Vivado HLS can unroll, and what Vitis HLS gets through: 54 instructions each of at
    /// most a million.
    static let mostProducts: [PragmaTable.Target: Int] = [.vivado: 4096, .vitis: 1_000_000 / 54]
    /// Elements of a complete partition in Vivado HLS, unless its script says otherwise.
    static let mostElements = 1024

    func check(_ found: inout [Checker.Finding]) {
        for call in project.calls { check(call, &found) }
        for source in project.sources where source.path.hasSuffix(".cpp") {
            for function in source.functions { arrays(function, source.path, &found) }
        }
        streams(&found)
    }

    /// The limit that the written script sets.
    private var partitionLimit: Int {
        let line = project.files["hls.tcl"]?.split(separator: "\n").first { $0.contains("config_array_partition") }
        return line?.split(separator: " ").last.flatMap { Int($0) } ?? Self.mostElements
    }

    private func check(_ call: CheckedProject.Call, _ found: inout [Checker.Finding]) {
        guard let config = project.config(of: call) else { return }
        func report(_ rule: Rule, _ text: String) {
            found.append(.init(rule: rule, file: "firmware/layers/\(call.layer)_config.h", text: text))
        }
        let largest = max(config.numbers["n_in"] ?? 0, config.numbers["n_out"] ?? 0)
        let isStream = (project.type(call.types.first ?? "")?.count ?? 1) > 1
        if project.target == .vivado, largest > partitionLimit, call.kernel.hasPrefix("dense") || !isStream {
            report(.elements, "\(largest) elements")
        }
        // Those of all groups, at all places that are computed side by side.
        let groups = config.numbers["groups"] ?? 1
        let places = isStream ? 1 : (config.numbers["rows_at_once"] ?? 1) * (config.numbers["columns_at_once"] ?? 1)
        guard let products = config.value("n_in * n_out").map({ $0 * groups * places }),
            let reuse = config.numbers["reuse_factor"]
        else { return }
        // A loop reads a word of weights in each step; all else is unrolled whole, however its multipliers are shared.
        let isLoop = call.kernel.hasSuffix("_resource") && reuse > 1
        let lanes = isLoop ? (products + reuse - 1) / reuse : products
        let word = lanes.multipliedReportingOverflow(by: config.types["weight_t"]?.width ?? 1).partialValue
        if isLoop, word > Self.widestWord {
            report(.widestWord, "\(word) bits in a word of weights")
        }
        if lanes * call.copies > Self.mostProducts[project.target] ?? 0 {
            report(.products, "\(lanes * call.copies) products")
        }
    }

    /// Complete partitions and reshapes of the written functions.
    private func arrays(_ function: CheckedSource.Block, _ path: String, _ found: inout [Checker.Finding]) {
        let declared = Cpp.arguments(function.header) + function.statements.filter { !$0.contains("(") }
        for pragma in function.pragmas {
            let name = pragma.first?.lowercased() ?? ""
            guard name == "array_reshape" || name == "array_partition",
                let variable = pragma.first(where: { $0.hasPrefix("variable=") })?.dropFirst(9),
                let line = declared.first(where: {
                    Cpp.names(String($0.prefix { $0 != "[" })).last == String(variable)
                })
            else { continue }
            let count = Cpp.dimensions(line).reduce(1) { $0 * (Int($1) ?? 1) }
            let width =
                Cpp.names(line).lazy.compactMap { project.types[$0]?.width }.first ?? NumberType(line)?.width ?? 1
            if name == "array_reshape", count * width > Self.widestWord {
                found.append(.init(rule: .widestWord, file: path, text: "\(count * width) bits in \(variable)"))
            }
            if name == "array_partition", project.target == .vivado, count > partitionLimit {
                found.append(.init(rule: .elements, file: path, text: "\(count) elements of \(variable)"))
            }
        }
    }

    /// What passes over a bus at the top.
    private func streams(_ found: inout [Checker.Finding]) {
        guard let top = project.topFunction else { return }
        for pragma in top.pragmas where pragma.first?.lowercased() == "interface" && pragma.contains("axis") {
            guard let port = pragma.first(where: { $0.hasPrefix("port=") })?.dropFirst(5),
                let argument = Cpp.arguments(top.header).first(where: { Cpp.names($0).last == String(port) }),
                let type = Cpp.names(argument).lazy.compactMap({ project.types[$0] }).first
            else { continue }
            if type.bits > Self.widestStream {
                found.append(
                    .init(rule: .widestWord, file: "firmware/\(project.top).cpp", text: "\(type.bits) bits at \(port)"))
            }
        }
    }
}
