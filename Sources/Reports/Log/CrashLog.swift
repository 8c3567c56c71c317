/// `hs_err_pid<N>.log`: what a tool leaves behind when it crashes.
enum CrashLog {
    static func read(_ lines: [Line], _ title: Line) -> Report {
        let text = title.text.drop { $0 == "#" || $0 == " " }
        let entry = FailureCatalogue.entry(code: nil, text: String(text))
        var content = LogReport(outcome: .failure, mode: nil, marker: nil, ended: true)
        content.causes = [
            .init(
                failure: .crash, text: String(text), help: entry?.help ?? "run the tool again", severity: .error,
                line: (lines.firstIndex { $0.bytes == title.bytes } ?? 0) + 1)
        ]
        // The stack names the libraries of the tool by their path.
        let frame = lines.first { $0.contains("/Vivado") || $0.contains("/Vitis") }
        let tool: Report.Tool? = frame.map { line in
            line.contains("/Vivado_HLS/") ? .vivadoHLS : line.contains("/Vitis_HLS/") ? .vitisHLS : .vivado
        }
        return Report(tool: tool, version: frame.flatMap { Number.version($0.text) }, content: .log(content))
    }
}
