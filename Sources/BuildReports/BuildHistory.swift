public import Basics
public import BuildEngine
internal import FoundationEssentials
public import Stages

/// How each stage was made last: what `report` tells about builds that are over. Kept in `.hlsbuild/history.json`.
///
/// It decides nothing. Deleting it loses a few lines of the report.
public struct BuildHistory: Sendable {
    /// One stage of the last build that did something for it.
    public struct Entry: Sendable, Codable {
        public var name: String
        public var outcome: String
        public var why: String
        public var seconds: Double
        public var actions: Actions

        /// How many actions ran, came from the store, or were in place already.
        public struct Actions: Sendable, Codable {
            public var run: Int
            public var cached: Int
            public var current: Int
        }
    }

    /// In the order of the road.
    public private(set) var stages: [Entry] = []

    public subscript(stage: String) -> Entry? { stages.first { $0.name == stage } }

    private static let file = ".hlsbuild/history.json"

    private struct Contents: Codable {
        var stages: [Entry]
    }

    /// Reads the history; one that is missing or damaged is empty.
    public init(of workspace: Workspace) {
        guard let bytes = try? Files.read(workspace.world.absolute(Self.file), within: .state),
            let contents = try? JSONDecoder().decode(Contents.self, from: Data(bytes))
        else { return }
        stages = contents.stages
    }

    /// Notes the stages that a build did something for.
    public static func remember(_ summary: BuildSummary, in workspace: Workspace) throws(FileError) {
        let done = summary.stages.filter { $0.outcome != .current }
        guard !done.isEmpty else { return }
        let old = BuildHistory(of: workspace).stages
        let entries = Road.names.compactMap { name -> JSONValue? in
            if let stage = done.first(where: { $0.name == name }) { return stage.json }
            return old.first { $0.name == name }?.json
        }
        try Files.makeDirectories(workspace.world.absolute(".hlsbuild"))
        let text = JSONValue.object(["stages": .array(entries)]).text + "\n"
        try Files.write(Array(text.utf8), to: workspace.world.absolute(file))
    }
}

extension BuildHistory.Entry {
    /// In the form of the build's own summary.
    public var json: JSONValue {
        .object([
            "name": .string(name), "outcome": .string(outcome), "why": .string(why), "seconds": .double(seconds),
            "actions": .object([
                "run": .int(actions.run), "cached": .int(actions.cached), "current": .int(actions.current),
            ]),
        ])
    }
}
