/// How a stage stands, found out without doing anything.
public struct StageStatus: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        case upToDate
        /// A build would do something; the text says why.
        case stale(String)
        case neverBuilt
        /// The last attempt failed, and nothing was changed that would make the next succeed.
        case failed(String)
        /// A tool is missing or unusable.
        case unavailable(String)
        /// A stage that it needs failed or is unavailable.
        case blocked(String)

        /// One or a few words for a table and for `--json`.
        public var name: String {
            switch self {
            case .upToDate: "up to date"
            case .stale: "stale"
            case .neverBuilt: "never built"
            case .failed: "failed"
            case .unavailable: "unavailable"
            case .blocked: "blocked"
            }
        }

        /// The text that goes with the state, if there is one.
        public var why: String {
            switch self {
            case .upToDate, .neverBuilt: ""
            case .stale(let why), .failed(let why), .unavailable(let why), .blocked(let why): why
            }
        }
    }

    public let stage: StageIdentity
    public let state: State
    /// The folder of its outputs relative to the project's, if it is there.
    public let outputs: String?
    /// Whether what lies there is what the stage gives now: also where it fails for what it found out, as of a budget.
    public let areOutputsCurrent: Bool

    /// The stage as people read it.
    public var name: String { stage.text }
}

/// Why a stage would run, and why it ran last.
public struct StageExplanation: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        public let label: String
        public let outcome: StepOutcome
        /// Everything that differs now from the last build.
        public let now: [Reason]
        /// Everything that differed in the last build from the one before; empty if that is not known any more.
        public let lastTime: [Reason]
        /// What the last build gave as its reason.
        public let lastWhy: String?
    }

    public let status: StageStatus
    /// What keeps the stage from being current, in one line; empty if it is.
    public let why: String
    public let steps: [Step]
}
