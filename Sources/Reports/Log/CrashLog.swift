/// `hs_err_pid<N>.log`: what a tool leaves behind when it crashes.
enum CrashLog {
    /// `# An unexpected error has occurred (11)`: a text that only quotes it has it elsewhere in a line.
    static func isTitle(_ line: Line) -> Bool {
        Line(bytes: line.bytes.drop { "# ".utf8.contains($0) }).starts(with: "An unexpected error has occurred")
    }

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
