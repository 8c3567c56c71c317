/// Limits of the tools on sizes.
struct SizeRules {
    let checker: Checker

    /// More bits than this in a reshaped word are refused.
    static let widestWord = 65_536
    /// Products that a function of Vivado HLS can unroll.
    static let mostProducts = 4096
    /// Elements of a complete partition in Vivado HLS, unless its script says otherwise.
    static let mostElements = 1024

    func check(_ found: inout [Checker.Finding]) {
        for (path, text) in checker.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix("_config.h") {
            check(path, text, &found)
        }
        ports(&found)
        script(&found)
    }

    /// The limit that the written script sets.
    private var partitionLimit: Int {
        let line = checker.files["hls.tcl"]?.split(separator: "\n").first { $0.contains("config_array_partition") }
        return line?.split(separator: " ").last.flatMap { Int($0) } ?? Self.mostElements
    }

    private func check(_ path: String, _ text: String, _ found: inout [Checker.Finding]) {
        func number(_ name: String) -> Int? {
            text.split(separator: "\n").first { $0.contains("unsigned \(name) =") }
                .flatMap { Cpp.names(String($0)).last.flatMap { Int($0) } }
        }
        func width(_ type: String) -> Int {
            let line = text.split(separator: "\n").first { $0.hasSuffix(" \(type);") }
            let digits = line?.drop { $0 != "<" }.dropFirst().prefix { $0.isNumber } ?? ""
            return Int(digits) ?? 1
        }
        for name in ["accum_t", "weight_t", "exp_table_t", "inv_table_t"] where width(name) > 1024 {
            found.append(.init(rule: "width", file: path, text: "\(name) has \(width(name)) bits"))
        }
        guard let inputs = number("n_in"), let outputs = number("n_out"), let reuse = number("reuse_factor") else {
            return
        }
        let layer = String(path.dropLast("_config.h".count)), source = checker.files[layer + ".cpp"] ?? ""
        let lanes = (inputs * outputs + max(1, reuse) - 1) / max(1, reuse)
        if source.contains("dense_resource"), reuse > 1, lanes * width("weight_t") > Self.widestWord {
            found.append(
                .init(rule: "word", file: path, text: "\(lanes * width("weight_t")) bits in a word of weights"))
        }
        if checker.target == .vivado {
            if lanes > Self.mostProducts { found.append(.init(rule: "unroll", file: path, text: "\(lanes) products")) }
            if max(inputs, outputs) > partitionLimit {
                found.append(.init(rule: "elements", file: path, text: "\(max(inputs, outputs)) elements"))
            }
        }
    }

    /// Complete partitions and reshapes of the written functions.
    private func ports(_ found: inout [Checker.Finding]) {
        let widths = typeWidths()
        for (path, text) in checker.files where path.hasPrefix("firmware/") && path.hasSuffix(".cpp") {
            let source = CheckedSource(path, text, checker.target)
            for block in source.root.all where block.kind == .function {
                let declared = Cpp.arguments(block.header) + block.statements.filter { !$0.contains("(") }
                for pragma in block.pragmas {
                    let name = pragma.first?.lowercased() ?? ""
                    guard name == "array_reshape" || name == "array_partition",
                        let variable = pragma.first(where: { $0.hasPrefix("variable=") })?.dropFirst(9),
                        let line = declared.first(where: {
                            Cpp.names(String($0.prefix { $0 != "[" })).last == String(variable)
                        }),
                        let count = line.split(separator: "[").last.flatMap({ Int($0.prefix { $0.isNumber }) })
                    else { continue }
                    let type = Cpp.names(line).first { $0 != "const" } ?? ""
                    if name == "array_reshape", count * (widths[type] ?? 1) > Self.widestWord {
                        found.append(
                            .init(rule: "word", file: path, text: "\(count * (widths[type] ?? 1)) bits in \(variable)"))
                    }
                    if name == "array_partition", checker.target == .vivado, count > partitionLimit {
                        found.append(.init(rule: "elements", file: path, text: "\(count) elements of \(variable)"))
                    }
                }
            }
        }
    }

    private func typeWidths() -> [String: Int] {
        var widths: [String: Int] = [:]
        for text in checker.files.values {
            for line in text.split(separator: "\n") where line.hasPrefix("typedef ap_") {
                let digits = line.drop { $0 != "<" }.dropFirst().prefix { $0.isNumber }
                if let name = Cpp.names(String(line)).last { widths[name] = Int(digits) }
            }
        }
        return widths
    }

    /// The language that the script asks for.
    private func script(_ found: inout [Checker.Finding]) {
        let wanted = checker.target == .vivado ? "-std=c++0x" : "-std=c++14"
        for line in checker.files["hls.tcl"]?.split(separator: "\n") ?? [] where line.hasPrefix("add_files") {
            if !line.contains(wanted) { found.append(.init(rule: "dialect", file: "hls.tcl", text: String(line))) }
        }
    }
}
