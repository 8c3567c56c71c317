/// One run of a tool in a log. The log of a solution is appended to, run after run: what an earlier run did says
/// nothing about how the last one ended.
struct LogSession {
    /// The line that it begins at, from 1.
    let start: Int
    var progress = LogProgress()
    private var errors: [LogMessage] = []
    /// The tool's banner was printed.
    private var isAnnounced: Bool

    struct Judgement {
        var outcome: LogReport.Outcome
        /// What no message of the log says.
        var cause: LogReport.Cause?
    }

    init(start: Int, isAnnounced: Bool = false) {
        self.start = start
        self.isAnnounced = isAnnounced
    }

    /// Notes the tool's banner.
    /// - Returns: whether this session has had one, so that another begins.
    mutating func announce() -> Bool {
        defer { isAnnounced = true }
        return isAnnounced
    }

    mutating func add(_ message: LogMessage) {
        guard message.severity == .error else { return }
        progress.error(message)
        errors.append(message)
    }

    /// The tool said that it is leaving.
    func hasEnded(_ banner: LogBanner) -> Bool { progress.ended || (progress.vivadoEnded && !banner.isHLS) }

    func judged(_ banner: LogBanner) -> Judgement {
        var causes = LogCauses(recovered: progress.recovered, phaseOf: progress.phase, lastSession: start)
        for error in errors { causes.add(error) }
        let standing = causes.sorted.filter { !$0.recovered }
        // Vivado HLS does not say that an export is done.
        let isSilent = banner.tool == .vivadoHLS && progress.phases.last?.name == "export"
        let isRunning = banner.isHLS && progress.isWithinStep && !isSilent
        let isCutOff = !hasEnded(banner) && (banner.printsEnd || isRunning)
        if !standing.isEmpty {
            // A script that went on to a step after an error has caught it.
            let isPassed = isCutOff && isRunning && standing.allSatisfy { progress.isBeforeStep($0.line) }
            return isPassed ? Judgement(outcome: .unknown, cause: cutOff) : Judgement(outcome: .failure)
        }
        if progress.traceback {
            return Judgement(
                outcome: .failure,
                cause: .init(
                    failure: .script, text: "the Tcl script failed",
                    help: "the reason went to the tool's error stream: keep both streams", severity: .error,
                    line: progress.tracebackLine))
        }
        // More steps may follow the last one that succeeded.
        if isCutOff { return Judgement(outcome: .unknown, cause: cutOff) }
        return Judgement(outcome: progress.marker != nil && progress.lastPhaseSucceeded ? .success : .unknown)
    }

    private var cutOff: LogReport.Cause {
        .init(
            failure: .cutOff, text: "the log stops in the middle of a run",
            help: "the tool still runs, or was killed (for memory or time), or crashed: look for an hs_err_pid file "
                + "beside the log",
            severity: .warning, line: progress.lines)
    }
}
