public import Basics

/// How a stage ended.
public enum StageOutcome: String, Hashable, Sendable {
    /// Nothing was done.
    case current
    /// Outputs came from the store.
    case cached
    /// At least one step ran.
    case built
    case failed
    /// Not started, because a stage it needs is not there or because the build had to stop.
    case blocked
    /// A tool is missing or unusable.
    case unavailable
    /// Dry run: at least one step would run.
    case wouldRun
    /// Dry run: a step may run, which depends on what other steps give.
    case mayRun
}

/// Actions of a stage, counted.
public struct ActionCounts: Hashable, Sendable {
    public var run = 0
    public var cached = 0
    public var current = 0

    public init(run: Int = 0, cached: Int = 0, current: Int = 0) {
        self.run = run
        self.cached = cached
        self.current = current
    }
}

/// A step within a stage's report.
public struct StepReport: Hashable, Sendable {
    public let stage: StageIdentity
    public let label: String
    public let outcome: StepOutcome
    /// Everything that differs from the last build, what a user can act on first; empty if nothing does.
    public let reasons: [Reason]
    /// Seconds spent on it in this build.
    public let seconds: Double
    public let succeeded: Bool
    /// Dry run: how the last attempt failed, if it was the very action that would run now.
    public let lastFailure: String?

    public init(
        stage: StageIdentity, label: String, outcome: StepOutcome, reasons: [Reason], seconds: Double, succeeded: Bool,
        lastFailure: String? = nil
    ) {
        self.stage = stage
        self.label = label
        self.outcome = outcome
        self.reasons = reasons
        self.seconds = seconds
        self.succeeded = succeeded
        self.lastFailure = lastFailure
    }

    /// Why it ran, or would.
    public var reason: Reason? { reasons.first }
}

/// A stage of a finished build.
public struct StageReport: Hashable, Sendable {
    public let stage: StageIdentity
    public let outcome: StageOutcome
    /// Why it was not current, or what stopped it; empty if it was current.
    public let why: String
    /// The step that `reason` belongs to, if there is one.
    public let reason: Reason?
    public let seconds: Double
    public let actions: ActionCounts
    /// The stage's steps in the order in which they ended.
    public let steps: [StepReport]
    /// What was said about the stage: warnings that go with its results, and the errors that ended it.
    public let diagnostics: [Diagnostic]
    /// What the stage found out, a line each: what it is run for.
    public let remarks: [String]
    /// Whether all that the stage gives, or has given before it failed, lies below `build/` as it is now.
    public let isLaidOut: Bool

    public init(
        stage: StageIdentity, outcome: StageOutcome, why: String, reason: Reason?, seconds: Double,
        actions: ActionCounts, steps: [StepReport], diagnostics: [Diagnostic], remarks: [String] = [],
        isLaidOut: Bool = false
    ) {
        self.stage = stage
        self.outcome = outcome
        self.why = why
        self.reason = reason
        self.seconds = seconds
        self.actions = actions
        self.steps = steps
        self.diagnostics = diagnostics
        self.remarks = remarks
        self.isLaidOut = isLaidOut
    }

    /// The stage as people read it.
    public var name: String { stage.text }

    /// The stage as the command line's `--json` states it.
    public var json: JSONValue {
        .object([
            "name": .string(name), "outcome": .string(outcome.rawValue), "why": .string(why),
            "seconds": .double((seconds * 1000).rounded() / 1000),
            "actions": .object([
                "run": .int(actions.run), "cached": .int(actions.cached), "current": .int(actions.current),
            ]),
            "remarks": .array(remarks.map(JSONValue.string)),
        ])
    }
}

/// What became of a build.
public struct BuildSummary: Hashable, Sendable {
    public let stages: [StageReport]
    public let seconds: Double
    /// Whether it was ended by a signal or by cancellation.
    public let interrupted: Bool

    public init(stages: [StageReport], seconds: Double, interrupted: Bool = false) {
        self.stages = stages
        self.seconds = seconds
        self.interrupted = interrupted
    }

    /// Whether every stage is there. In a dry run: whether nothing stands against it.
    public var ok: Bool {
        !interrupted
            && stages.allSatisfy { stage in
                switch stage.outcome {
                case .current, .cached, .built, .wouldRun, .mayRun: true
                case .failed, .blocked, .unavailable: false
                }
            }
    }

    /// Whether nothing was done at all.
    public var isQuiet: Bool { !interrupted && stages.allSatisfy { $0.outcome == .current } }

    public subscript(stage: StageIdentity) -> StageReport? { stages.first { $0.stage == stage } }

    /// The last line of `--json`.
    public var json: JSONValue {
        .object(["event": .string("summary"), "ok": .bool(ok), "stages": .array(stages.map(\.json))])
    }
}
