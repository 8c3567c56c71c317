/// What one build is asked to do.
public struct BuildOptions: Hashable, Sendable {
    public enum Force: Hashable, Sendable {
        case none
        case all
        case stages(Set<StageIdentity>)

        func includes(_ stage: StageIdentity) -> Bool {
            switch self {
            case .none: false
            case .all: true
            case .stages(let names): names.contains(stage)
            }
        }
    }

    /// Stages to build up to; empty: all.
    public var targets: [StageIdentity]
    /// Commands at once.
    public var jobs: Int
    /// Whether stages that do not depend on a failed one are still started.
    public var keepGoing: Bool
    /// Finds out what would be done and changes nothing on disk.
    public var dryRun: Bool
    /// What runs even though its result is known.
    public var force: Force
    /// Whether files appear below `build/`, and whether the records tell of this build as the last one. Not where stages
    /// are but means to another end: then only the store learns what was made.
    public var laysOut: Bool
    /// Everything on the command line that the answer depends on, for the quiet record; nil: write none.
    public var request: String?

    public init(
        targets: [StageIdentity] = [], jobs: Int = 1, keepGoing: Bool = false, dryRun: Bool = false,
        force: Force = .none, laysOut: Bool = true, request: String? = nil
    ) {
        self.targets = targets
        self.jobs = max(1, jobs)
        self.keepGoing = keepGoing
        self.dryRun = dryRun
        self.force = force
        self.laysOut = laysOut
        self.request = request
    }
}
