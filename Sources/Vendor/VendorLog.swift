internal import Basics
internal import BuildEngine
internal import Reports
internal import Tools

/// Judges a run of a vendor tool: exit status, marker and (by the engine) fresh outputs together.
///
/// A bare `ERROR:` decides nothing, since scripts catch errors and go on; nor does the word that a tool is leaving,
/// which it prints after failures too. Our scripts print their marker as their last act, which they reach only if
/// every command before it succeeded.
enum VendorLog {
    /// With what a run begins the line that it synthesises although a project was handed to it.
    static let anew = "hlsbuild: synthesising anew: "

    /// Judges a run of high-level synthesis.
    static func judge(_ run: CommandRun, _ task: HLSTask, _ scripting: ToolEntry.Scripting) -> Judgement {
        if case .cosimulation = task, let deadlock = Deadlock(log: run.log) { return .failure([deadlock.diagnostic]) }
        if case .cosimulation = task, let failed = failedReport(run) {
            return .failure([
                .error(
                    "co-simulation: the RTL does not do what the C++ does", help: "read \(failed) in the run's folder")
            ])
        }
        let judgement = judge(run, marker: task.marker(scripting), doing: task.title)
        guard case .success(let warnings) = judgement else { return judgement }
        return .success(warnings + secondSynthesis(run, task))
    }

    /// The report of a co-simulation that failed, which not every release tells by its exit status.
    private static func failedReport(_ run: CommandRun) -> String? {
        run.produced.first { path in
            guard path.ends(with: "_cosim.rpt"), let bytes = try? run.bytes(path),
                case .cosim(let report)? = (try? ReportReader.read(bytes, name: path))?.content
            else { return false }
            return report.rows.contains { $0.status == .fail }
        }
    }

    private static func secondSynthesis(_ run: CommandRun, _ task: HLSTask) -> [Diagnostic] {
        let line = run.log.split(whereSeparator: \.isNewline).first { $0.begins(with: anew) }
        return line.map { line in
            [
                .warning(
                    "\(task.title): C synthesis ran a second time: \(line.dropFirst(anew.count).prefix(300))",
                    help: "the result is good; only the time is lost")
            ]
        } ?? []
    }

    static func judge(_ run: CommandRun, marker: String, doing what: String) -> Judgement {
        let log = read(run.log)
        let layers = LogLayers(run.log)
        let isMarked = run.log.split(whereSeparator: \.isNewline).contains { line in
            // The tools echo the scripts' own lines.
            line.contains(marker) && !line.contains("puts ")
        }
        if run.succeeded, isMarked {
            // A dropped pragma makes hardware of another shape than was asked for, so it is an error.
            let dropped = log?.warnings.filter { $0.failure == .pragma } ?? []
            guard dropped.isEmpty else {
                return .failure(dropped.prefix(3).map { diagnostic($0, "the tool dropped a pragma", .error, layers) })
            }
            return .success(warnings(log, layers))
        }
        let all = log?.causes.filter { $0.severity == .error && !$0.recovered } ?? []
        // A run that tried twice failed for what its last try says.
        let last = all.filter { !$0.isEarlier }
        let causes = last.isEmpty ? all : last
        let shown = telling(causes)
        if shown.isEmpty { return unexplained(run, log, what) }
        let diagnostics = shown.prefix(5).map { diagnostic($0, what, .error, layers) }
        let isTransient = shown.contains { $0.failure.isRetryable } || isStopped(run)
        return isTransient ? .transient(diagnostics) : .failure(diagnostics)
    }

    /// The causes that say something: not those that follow from others and repeat them, and first of all those that
    /// lie outside of the design.
    private static func telling(_ causes: [LogReport.Cause]) -> [LogReport.Cause] {
        let own = causes.filter { cause in
            switch cause.failure {
            case .script, .childTool, .unsynthesisable: false
            case .implementation: cause.code != nil
            default: true
            }
        }
        let shown = own.isEmpty ? causes : own
        return shown.filter(\.failure.isRetryable) + shown.filter { !$0.failure.isRetryable }
    }

    /// The log of a long run as far as the engine keeps it.
    private static func read(_ text: String) -> LogReport? {
        guard case .log(let log)? = (try? ReportReader.read(Array(text.utf8), name: "log"))?.content else { return nil }
        return log
    }

    private static func isStopped(_ run: CommandRun) -> Bool {
        switch run.termination {
        case .exited: signal(run) != nil
        case .signaled, .timedOut: true
        }
    }

    /// The signal that ended the tool, as the shells around it tell it: the programs of the vendor are scripts.
    private static func signal(_ run: CommandRun) -> Int32? {
        guard case .exited(let status) = run.termination, (129...159).contains(status) else { return nil }
        return status - 128
    }

    private static func unexplained(_ run: CommandRun, _ log: LogReport?, _ what: String) -> Judgement {
        if let signal = signal(run) {
            let help = signal == 9 ? "the machine may have run out of memory" : nil
            return .transient([.error("\(what): the tool was ended by signal \(signal)", help: help)])
        }
        switch run.judgementByStatus {
        case .transient(let diagnostics): return .transient(diagnostics)
        case .failure(let diagnostics):
            let last = run.log.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
            return .failure(
                diagnostics.map { diagnostic in
                    var told = diagnostic
                    told.message = "\(what): \(diagnostic.message)"
                    if let last { told.notes.append(.init("the last line of the log: \(last.prefix(300))")) }
                    return told
                })
        case .success:
            let cause = log?.causes.first { $0.failure == .cutOff }
            return .failure([
                .error(
                    "\(what): the tool ended with exit status 0 and never said that it was done",
                    help: cause?.help ?? "read the log: the tool may have waited for input, or left the script early")
            ])
        }
    }

    /// What a successful run says that the user should know, the same thing once.
    private static func warnings(_ log: LogReport?, _ layers: LogLayers) -> [Diagnostic] {
        guard let log else { return [] }
        let raised: Set<FailureClass> = [.interval, .timing, .partitionLimit, .unrollLimit, .dataflow]
        let critical = log.causes.filter { $0.severity == .criticalWarning && !$0.recovered }
        let telling = log.warnings.filter { raised.contains($0.failure) } + critical
        var seen: Set<String> = []
        return telling.map { diagnostic($0, nil, .warning, layers) }.filter { told in
            // Once for each layer: the tool says the same of each loop and of each try.
            seen.insert(told.subject.joined(separator: ".") + (told.help ?? told.message)).inserted
        }.prefix(8).map { $0 }
    }

    private static func diagnostic(
        _ cause: LogReport.Cause, _ what: String?, _ severity: Diagnostic.Severity, _ layers: LogLayers
    ) -> Diagnostic {
        var text = cause.text
        if let code = cause.code { text = "\(text) [\(code)]" }
        if cause.count > 1 { text += " (\(cause.count) times)" }
        var told = Diagnostic(severity, what.map { "\($0): \(text)" } ?? text, help: cause.help)
        told.subject = layers.subject(of: cause)
        if let file = cause.file {
            let place = [cause.sourceLine, cause.sourceColumn].compactMap { $0.map(String.init) }
            told.notes.append(.init("at \(([tail(file)] + place).joined(separator: ":")) of the written project"))
        }
        return told
    }

    /// The file without the folder that the tool ran in.
    private static func tail(_ file: String) -> String {
        let parts = PathText.parts(of: file)
        guard let start = parts.lastIndex(where: { $0.isExactly("firmware") }) else { return parts.last ?? file }
        return parts[start...].joined(separator: "/")
    }
}
