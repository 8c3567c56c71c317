public import BuildEngine
public import Steps

/// Which build a figure is of.
public enum Currency: String, Hashable, Sendable {
    /// Of what the project file, the model and the data say now.
    case current
    /// Of what they said before: the stage that made it would not give the same again, or nobody knows.
    case earlier
}

/// How the stages stand whose files a report reads: what each figure is worth.
public struct StageStates: Sendable {
    private let stages: [String: StageStatus]

    /// - Parameter stages: what `Builder.status` says of the project that is reported.
    public init(_ stages: [StageStatus]) {
        self.stages = Dictionary(stages.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the files of a stage are of, if there are any.
    public func currency(of stage: StageName) -> Currency {
        stages[stage.rawValue]?.areOutputsCurrent == true ? .current : .earlier
    }

    /// Whether a stage stands as it should, and so has met what it measures.
    func isUpToDate(_ stage: StageName) -> Bool { stages[stage.rawValue]?.state == .upToDate }

    /// Why a stage's figures are of an earlier build, or why there are none: `csim is stale`. Nil: they are current.
    public func doubt(_ stage: StageName) -> String? {
        guard let status = stages[stage.rawValue] else { return "\(stage.rawValue) is no stage of this project" }
        return status.areOutputsCurrent ? nil : "\(stage.rawValue) is \(status.state.name)"
    }
}
