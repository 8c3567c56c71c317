internal import Basics

/// A program of this machine that a stage's results came from.
public struct ToolUse: Hashable, Sendable {
    public let stage: StageIdentity
    public let name: String
    /// What it answered when asked for its version; empty if it was not asked.
    public let version: String
    /// The digest of the executable and what belongs to it.
    public let digest: String
}

extension Builder {
    /// The programs that the last results of these stages were made with, each once for a stage; programs that the
    /// build made itself are not among them.
    public func tools(of stages: [StageIdentity]) throws -> [ToolUse] {
        let state = try StateLog(paths: world.paths, disk: disk, writable: false).contents
        let actions = ActionCache(paths: world.paths, disk: disk, inMemory: true)
        var found: Set<ToolUse> = []
        for stage in stages {
            for step in (state.stages[stage]?.steps ?? [:]).values {
                guard let record = actions.record(for: step.key) else { continue }
                found.formUnion(Self.tools(stage, record.components))
            }
        }
        return found.sorted { ($0.stage, $0.name, $0.digest) < ($1.stage, $1.name, $1.digest) }
    }

    private static func tools(_ stage: StageIdentity, _ components: [KeyComponent]) -> [ToolUse] {
        var tools: [String: [KeyComponent.ToolFacet: String]] = [:]
        for component in components {
            guard let (name, facet) = component.tool, tools[name]?[facet] == nil else { continue }
            tools[name, default: [:]][facet] = component.value
        }
        return tools.compactMap { name, facets in
            guard let path = facets[.path], PathText.isAbsolute(path) else { return nil }
            return ToolUse(
                stage: stage, name: name, version: facets[.version] ?? "", digest: facets[.digest] ?? "")
        }
    }
}
