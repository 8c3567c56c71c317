/// Turns a log into what happened, how far it came, and what went wrong.
enum LogReader {
    /// Nil for a text that is no log.
    static func read(_ lines: [Line]) -> Report? {
        var banner = LogBanner()
        var progress = LogProgress()
        var messages: [LogMessage] = []
        var shape = LogShape()
        for (index, line) in lines.enumerated() {
            let number = index + 1
            banner.note(line, number)
            progress.note(line, number)
            shape.note(line)
            guard let message = LogMessage(line, number: number) else { continue }
            if message.severity == .error, message.hasLeadingPlace { shape.isAnnounced = true }
            if message.severity == .error { progress.error(message) }
            if message.severity != .warning || FailureCatalogue.isWarning(message) { messages.append(message) }
        }
        progress.end()
        guard shape.isAnnounced || banner.isLog, !shape.isSource else { return nil }
        let ended = progress.ended || (progress.vivadoEnded && !banner.isHLS)
        var content = LogReport(outcome: .unknown, mode: banner.mode, marker: progress.marker, ended: ended)
        content.process = banner.process
        content.phases = progress.phases.map { .init(name: $0.name, outcome: $0.outcome, line: $0.line) }
        content.checksums = progress.checksums
        var causes = LogCauses(recovered: progress.recovered, phaseOf: progress.phase)
        for message in messages { causes.add(message) }
        content.causes = causes.sorted
        content.warnings = causes.warnings
        judge(&content, progress, banner)
        return Report(tool: banner.tool, version: banner.version, content: .log(content))
    }

    private static func judge(_ content: inout LogReport, _ progress: LogProgress, _ banner: LogBanner) {
        let errors = content.causes.filter { $0.severity == .error && !$0.recovered }
        // Vivado HLS does not say that an export is done.
        let isSilent = banner.tool == .vivadoHLS && progress.phases.last?.name == "export"
        let isRunning = banner.isHLS && progress.isWithinStep && !isSilent
        let isCutOff = !content.ended && (banner.printsEnd || isRunning)
        if !errors.isEmpty {
            // A script that went on to a step after an error has caught it.
            let isPassed = isCutOff && isRunning && errors.allSatisfy { progress.isBeforeStep($0.line) }
            content.outcome = isPassed ? .unknown : .failure
            if isPassed { content.causes.insert(cutOff(at: progress.lines), at: 0) }
        } else if progress.traceback {
            content.outcome = .failure
            content.causes.insert(
                .init(
                    failure: .script, text: "the Tcl script failed",
                    help: "the reason went to the tool's error stream: keep both streams", severity: .error,
                    line: progress.tracebackLine),
                at: 0)
        } else if isCutOff {
            // More steps may follow the last one that succeeded.
            content.causes.insert(cutOff(at: progress.lines), at: 0)
        } else if progress.marker != nil, progress.lastPhaseSucceeded {
            content.outcome = .success
        }
    }

    private static func cutOff(at line: Int) -> LogReport.Cause {
        .init(
            failure: .cutOff, text: "the log stops in the middle of a run",
            help: "the tool still runs, or was killed (for memory or time), or crashed: look for an hs_err_pid file "
                + "beside the log",
            severity: .warning, line: line)
    }
}
