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
            for line in text.split(separator: "\n") where line.hasPrefix("add_files") && line.hasSuffix(".cpp") {
                let quoted = line.split(separator: "\"")
                let flags = quoted.count > 1 ? quoted[1].split(separator: " ") : []
                if !line.contains("-cflags") || !flags.contains(Substring(standard)) { report(line) }
                for flag in flags where flag != standard && !["-Wno-", "-I", "-D"].contains(where: flag.hasPrefix) {
                    report("\(flag) in \(line)")
                }
                if let file = line.split(separator: " ").last { added[String(file), default: 0] += 1 }
            }
        }
        for source in project.sources.map(\.path) where source.hasSuffix(".cpp") && added[source] != 1 {
            found.append(.init(rule: .dialect, file: source, text: "added \(added[source] ?? 0) times"))
        }
        for file in added.keys.sorted() where project.files[file] == nil {
            found.append(.init(rule: .dialect, file: file, text: "added, but not there"))
        }
    }
}
