/// A release made again from the project in a release: what the other is held against.
struct RebuiltRelease: Sendable {
    /// What became of a stage of the project's road.
    struct Stage: Sendable {
        enum Outcome: Hashable, Sendable {
            case built
            /// Nothing can be said of it, for want of a tool.
            case unavailable(why: String)
            case failed(why: String)
            /// The release neither states it nor holds a file of it.
            case notInRelease
        }

        var name: String
        var outcome: Outcome
    }

    /// All stages of the road, in its order.
    var stages: [Stage]
    /// What a release of it holds; nil: no stage could be built.
    var contents: ReleaseContents?

    /// The folder of a stage's files in a release, with the slash.
    static func folder(of stage: String) -> String { "build/\(stage)/" }
}
