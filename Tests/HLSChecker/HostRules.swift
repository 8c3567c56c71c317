/// What surrounds the hardware: the test bench's verdict, and where the scripts look for files.
struct HostRules {
    let project: CheckedProject

    func check(_ found: inout [Checker.Finding]) {
        let bench = "\(project.top)_test.cpp"
        found += verdict(project.files[bench] ?? "").map { .init(rule: .verdict, file: bench, text: $0) }
        for (path, text) in project.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".tcl") {
            if let fault = folder(text) { found.append(.init(rule: .folder, file: path, text: fault)) }
        }
    }

    private func verdict(_ text: String) -> [String] {
        var faults: [String] = []
        if !text.contains("fopen(\"tb_data/tb_output_integers.dat\", \"r\")") { faults.append("reads no integers") }
        if !text.contains("out[i] != wanted") { faults.append("compares nothing") }
        let returns = text.split(separator: "\n").filter { $0.contains("return ") && !$0.contains("//") }
        if returns.last?.contains("return 0;") ?? true { faults.append("ends well whatever it has found") }
        return faults
    }

    /// What is wrong with a script that is run, rather than read by others.
    private func folder(_ text: String) -> String? {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        guard lines.contains("source project.tcl") else { return nil }
        let words = ["source ", "open_project ", "add_files ", "file ", "exec "]
        let first = lines.firstIndex { line in words.contains { line.hasPrefix($0) } }
        let own = lines.firstIndex(of: "cd [file dirname [file normalize [info script]]]")
        guard let own else { return "does not go to its own folder" }
        return first.map { $0 < own } ?? false ? "looks for files before it goes to its own folder" : nil
    }
}
