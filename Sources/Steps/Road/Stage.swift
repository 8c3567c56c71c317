public import BuildEngine

/// A stage of the road: all that is said of it, once. Whoever needs a part of the road takes it from here.
public struct Stage: Sendable {
    public typealias Body = @Sendable (ProjectSite, StageContext) async throws -> Void

    public let name: StageName
    public let needs: [StageName]
    /// What the stage is for, in a few words.
    public let summary: String
    public let blame: Blame
    /// The stage as a function from bytes to bytes; nil: it needs more than that.
    public let pure: PureStage?
    /// Whether there is anything that could run it.
    public private(set) var isPossible = true
    private let body: Body

    /// Whose fault a failure is.
    public enum Blame: Hashable, Sendable {
        /// What the user wrote is wrong: the project file or the model.
        case input
        /// What was made does not work, or is not what was expected.
        case product
    }

    public init(
        _ name: StageName, needs: [StageName] = [], summary: String, blame: Blame = .product, body: @escaping Body
    ) {
        self.name = name
        self.needs = needs
        self.summary = summary
        self.blame = blame
        pure = nil
        self.body = body
    }

    /// A stage that is one pure step of the stage's name.
    init(
        _ name: StageName, needs: [StageName] = [], summary: String, blame: Blame = .product, _ pure: PureStage
    ) {
        self.name = name
        self.needs = needs
        self.summary = summary
        self.blame = blame
        self.pure = pure
        body = { site, context in try await pure.run(site, context, needs, label: name.rawValue) }
    }

    /// The same stage where nothing can run it.
    public func unavailable(_ message: String, help: String) -> Stage {
        var stage = Stage(name, needs: needs, summary: summary, blame: blame) { _, _ in
            throw StageUnavailable(message, subject: ["backend"], help: help)
        }
        stage.isPossible = false
        return stage
    }

    /// The stage for the engine.
    public func node(_ site: ProjectSite) -> StageNode {
        StageNode(name.identity, needs: needs.map(\.identity), summary: summary) { [body] context in
            try await body(site, context)
        }
    }
}

extension StageName {
    /// The project's own stage of that name, for the engine.
    public var identity: StageIdentity { StageIdentity(point: nil, rawValue) }
}

extension StageContext {
    /// Everything that a stage this one needs laid out or provided.
    public func outputs(of stage: StageName) throws -> [String: Artifact] { try outputs(of: stage.identity) }

    /// One file of it.
    public func output(_ path: String, of stage: StageName) throws -> Artifact {
        try output(path, of: stage.identity)
    }
}
