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

    /// A tool is three components of a key: `NAME digest`, `NAME path`, `NAME version`.
    private static func tools(_ stage: StageIdentity, _ components: [KeyComponent]) -> [ToolUse] {
        let parts = Dictionary(
            components.filter { $0.kind == .tool }.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        return parts.compactMap { key, path in
            guard key.hasSuffix(" path"), PathText.isAbsolute(path) else { return nil }
            let name = String(key.dropLast(" path".count))
            return ToolUse(
                stage: stage, name: name, version: parts[name + " version"] ?? "",
                digest: parts[name + " digest"] ?? "")
        }
    }
}
