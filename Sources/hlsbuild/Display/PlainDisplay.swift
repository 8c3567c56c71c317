import Basics
import BuildEngine
import Synchronization

/// One line per finished stage, for pipes and CI; errors and warnings go to standard error with their place in the
/// project file.
final class PlainDisplay: Reporter {
    private let verbose: Bool
    private let quiet: Bool
    private let style: Style
    private let located: @Sendable (Diagnostic) -> Diagnostic
    private let shown = Mutex<Set<Diagnostic>>([])
    /// Lines of stages that were up to date, held back while no other stage has anything to say: a build with nothing
    /// to do is one line.
    private let held = Mutex<[String]>([])

    init(_ options: GlobalOptions, style: Style, located: @escaping @Sendable (Diagnostic) -> Diagnostic) {
        verbose = options.verbose
        quiet = options.quiet
        self.style = style
        self.located = located
    }

    func report(_ event: BuildEvent) {
        switch event {
        case .waiting(let holder):
            if !quiet { Terminal.writeError("waiting: process \(holder.process) on \(holder.host) builds here\n") }
        case .diagnostic(let diagnostic, _): show(diagnostic)
        case .output(_, let label, let line):
            if verbose { say("  \(label): \(line)") }
        case .progress(let progress):
            if verbose { say("  \(progress.label): \(progress.line)") }
        case .stepFinished(let step):
            if verbose { say("  \(StageTable.step(step))") }
        case .stageFinished(let stage):
            for diagnostic in stage.diagnostics { show(diagnostic) }
            if !quiet { show(stage) }
        case .buildFinished(let summary):
            if quiet { return }
            if summary.isQuiet, !verbose {
                say(QuietBuild.line(summary))
            } else {
                release()
            }
        case .buildStarted, .stageStarted, .stepQueued, .stepStarted: break
        }
    }

    private func show(_ stage: StageReport) {
        let line = StageTable.line(stage, style)
        if stage.outcome == .current, !verbose {
            held.withLock { $0.append(line) }
        } else {
            release()
            Terminal.write(asItIs: line + "\n")
            for remark in stage.remarks { say("  " + remark) }
        }
    }

    private func release() {
        let lines = held.withLock { held in
            defer { held = [] }
            return held
        }
        for line in lines { Terminal.write(asItIs: line + "\n") }
    }

    /// Each thing is said once, however many stages stumble over it.
    private func show(_ diagnostic: Diagnostic) {
        guard shown.withLock({ $0.insert(diagnostic).inserted }) else { return }
        if quiet, diagnostic.severity != .error { return }
        Terminal.tell(located(diagnostic))
    }
}

/// One JSON object per line on standard output; errors go to standard error as well, for whoever watches.
final class JSONDisplay: Reporter {
    private let located: @Sendable (Diagnostic) -> Diagnostic

    init(located: @escaping @Sendable (Diagnostic) -> Diagnostic) { self.located = located }

    func report(_ event: BuildEvent) {
        switch event {
        case .diagnostic(let diagnostic, let stage):
            say(BuildEvent.diagnostic(located(diagnostic), stage: stage).json)
        case .stageFinished(let stage):
            for diagnostic in stage.diagnostics { Terminal.show(located(diagnostic)) }
            say(event.json)
        default: say(event.json)
        }
    }
}
