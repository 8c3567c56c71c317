public import Basics

/// Something that happened during a build.
public enum BuildEvent: Sendable {
    /// Another build has the project; this one waits for it.
    case waiting(for: LockHolder)
    /// The stages in the order in which they may start.
    case buildStarted(stages: [StageIdentity])
    case stageStarted(StageIdentity)
    /// A step is going to run, as soon as it has a processor and whatever else it waits for.
    case stepQueued(stage: StageIdentity, label: String)
    /// A step runs now; steps whose result is known send only `stepFinished`.
    case stepStarted(stage: StageIdentity, label: String, reason: Reason)
    /// A line that a command printed.
    case output(stage: StageIdentity, label: String, line: String)
    /// How far a long step is.
    case progress(StepProgress)
    case stepFinished(StepReport)
    case diagnostic(Diagnostic, stage: StageIdentity?)
    case stageFinished(StageReport)
    case buildFinished(BuildSummary)
}

/// Who is told what happens. Called from many tasks at once, in no order but that of each step's own events.
public protocol Reporter: Sendable {
    func report(_ event: BuildEvent)
}

/// Tells nobody.
public struct SilentReporter: Reporter {
    public init() {}

    public func report(_ event: BuildEvent) {}
}

extension BuildEvent {
    /// The event as one object of `--json`.
    public var json: JSONValue {
        switch self {
        case .waiting(let holder):
            .object([
                "event": .string("waiting"), "pid": .int(Int(holder.process)), "host": .string(holder.host),
                "since": .int(Int(holder.since)),
            ])
        case .buildStarted(let stages):
            .object(["event": .string("build"), "stages": .array(stages.map { .string($0.text) })])
        case .stageStarted(let name): .object(["event": .string("stage-started"), "stage": .string(name.text)])
        case .stepQueued(let stage, let label):
            .object(["event": .string("step-queued"), "stage": .string(stage.text), "step": .string(label)])
        case .stepStarted(let stage, let label, let reason):
            .object([
                "event": .string("step-started"), "stage": .string(stage.text), "step": .string(label),
                "why": .string(reason.text),
            ])
        case .output(let stage, let label, let line):
            .object([
                "event": .string("output"), "stage": .string(stage.text), "step": .string(label), "line": .string(line),
            ])
        case .progress(let progress):
            .object([
                "event": .string("progress"), "stage": .string(progress.stage.text), "step": .string(progress.label),
                "percent": .int(progress.percent), "text": .string(progress.text),
            ])
        case .stepFinished(let step):
            .object([
                "event": .string("step-finished"), "stage": .string(step.stage.text), "step": .string(step.label),
                "outcome": .string(step.outcome.rawValue), "ok": .bool(step.succeeded),
                "seconds": .double((step.seconds * 1000).rounded() / 1000),
            ])
        case .diagnostic(let diagnostic, let stage):
            .object([
                "event": .string("diagnostic"), "severity": .string(diagnostic.severity.rawValue),
                "stage": stage.map { .string($0.text) } ?? .null, "message": .string(diagnostic.message),
                "help": diagnostic.help.map(JSONValue.string) ?? .null,
                "location": diagnostic.location.map { .string($0.description) } ?? .null,
                "notes": .array(
                    diagnostic.notes.map { note in
                        .object([
                            "message": .string(note.message),
                            "location": note.location.map { .string($0.description) } ?? .null,
                        ])
                    }),
            ])
        case .stageFinished(let stage):
            .object(["event": .string("stage-finished"), "stage": stage.json])
        case .buildFinished(let summary): summary.json
        }
    }
}
