/// What the scripts ask of the compiler.
struct ScriptRules {
    let project: CheckedProject

    func check(_ found: inout [Checker.Finding]) {
        let standard = project.target == .vivado ? "-std=c++0x" : "-std=c++14"
        var added: [String: Int] = [:]
        for (path, text) in project.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".tcl") {
            func report(_ text: some StringProtocol) {
                found.append(.init(rule: .dialect, file: path, text: String(text)))
            }
            for line in text.split(separator: "\n").map({ $0.drop { $0 == " " } })
            where line.hasPrefix("add_files") && line.hasSuffix(".cpp") {
                let quoted = line.split(separator: "\"")
                if let fault = check(line.contains("-cflags") && quoted.count > 1 ? quoted[1] : "", standard) {
                    report(fault)
                }
                if let file = line.split(separator: " ").last { added[String(file), default: 0] += 1 }
            }
        }
        for (path, text) in project.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".cfg") {
            let lines = text.split(separator: "\n")
            for kind in ["syn", "tb"] where lines.contains(where: { $0.hasPrefix(kind + ".file=") }) {
                let flags = lines.first { $0.hasPrefix(kind + ".cflags=") }?.dropFirst(kind.count + ".cflags=".count)
                if let fault = check(flags ?? "", standard) {
                    found.append(.init(rule: .dialect, file: path, text: "\(kind): \(fault)"))
                }
            }
        }
        for source in project.sources.map(\.path) where source.hasSuffix(".cpp") && added[source] != 1 {
            found.append(.init(rule: .dialect, file: source, text: "added \(added[source] ?? 0) times"))
        }
        for file in added.keys.sorted() where project.files[file] == nil {
            found.append(.init(rule: .dialect, file: file, text: "added, but not there"))
        }
    }

    /// What is wrong with the flags; nil: nothing.
    private func check(_ text: Substring, _ standard: String) -> String? {
        let flags = text.split(separator: " ")
        if !flags.contains(Substring(standard)) { return "no \(standard) in '\(text)'" }
        return flags.first { flag in
            flag != standard && !["-Wno-", "-I", "-D"].contains { flag.hasPrefix($0) }
        }.map { "\($0) in '\(text)'" }
    }
}
