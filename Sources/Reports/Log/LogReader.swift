/// Turns a log into what happened, how far it came, and what went wrong.
enum LogReader {
    /// Nil for a text that is no log.
    static func read(_ lines: [Line]) -> Report? {
        var banner = LogBanner()
        var progress = LogProgress()
        var messages: [LogMessage] = []
        var isLog = false
        for (index, line) in lines.enumerated() {
            let number = index + 1
            banner.note(line, number)
            progress.note(line, number)
            if !isLog { isLog = announces(line) }
            guard let message = LogMessage(line, number: number) else { continue }
            if message.severity == .error, message.code != nil || message.hasLeadingPlace { isLog = true }
            if message.severity == .error { progress.error(message) }
            if message.severity != .warning || message.code.map(FailureCatalogue.hasEntry) == true {
                messages.append(message)
            }
        }
        progress.end()
        guard isLog || banner.isLog else { return nil }
        let ended = progress.ended || (progress.vivadoEnded && !banner.isHLS)
        var content = LogReport(outcome: .unknown, mode: banner.mode, marker: progress.marker, ended: ended)
        content.phases = progress.phases.map { .init(name: $0.name, outcome: $0.outcome, line: $0.line) }
        content.checksums = progress.checksums
        var causes = LogCauses(recovered: progress.recovered, phaseOf: progress.phase)
        for message in messages { causes.add(message) }
        content.causes = causes.sorted
        content.warnings = causes.warnings
        judge(&content, progress, banner)
        return Report(tool: banner.tool, version: banner.version, content: .log(content))
    }

    /// A line that only logs hold.
    private static func announces(_ line: Line) -> Bool {
        let starts: [StaticString] = [
            "INFO: [", "WARNING: [", "ERROR: [", "CRITICAL WARNING: [", "Abnormal program termination (",
            "no stack trace available",
        ]
        if starts.contains(where: { line.starts(with: $0) }) { return true }
        guard let warning = line.index(of: ": warning: ") else { return false }
        return SourcePlace.leading(Line.text(line.bytes[..<warning])) != nil
    }

    private static func judge(_ content: inout LogReport, _ progress: LogProgress, _ banner: LogBanner) {
        let errors = content.causes.contains { $0.severity == .error && !$0.recovered }
        if errors {
            content.outcome = .failure
        } else if progress.traceback {
            content.outcome = .failure
            content.causes.insert(
                .init(
                    failure: .script, text: "the Tcl script failed",
                    help: "the reason went to the tool's error stream: keep both streams", severity: .error,
                    line: progress.tracebackLine),
                at: 0)
        } else if progress.marker != nil, progress.lastPhaseSucceeded {
            content.outcome = .success
        } else if banner.printsEnd, !content.ended {
            content.causes.insert(
                .init(
                    failure: .cutOff, text: "the log stops in the middle of a run",
                    help: "the tool still runs, or was killed (for memory or time), or crashed: look for an "
                        + "hs_err_pid file beside the log",
                    severity: .warning, line: progress.lines),
                at: 0)
        }
    }
}
