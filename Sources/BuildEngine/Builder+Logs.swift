internal import Basics

/// What one step's command printed.
public struct StepLog: Hashable, Sendable {
    public let label: String
    public let text: String
}

extension Builder {
    /// What the commands of a stage printed when they ran last, by label; of a stage whose results came from the store,
    /// what was printed when they were made.
    public func logs(of stage: String) throws -> [StepLog] {
        let paths = world.paths
        let state = try StateLog(paths: paths, disk: disk, writable: false).contents
        let store = ContentStore(
            paths: paths, disk: disk, digests: world.digests, inMemory: true, warn: { _ in })
        let actions = ActionCache(paths: paths, disk: disk, inMemory: true)
        var texts: [String: String] = [:]
        for name in (try? Files.list(paths.logs + "/" + stage)) ?? [] where name.hasSuffix(".log") {
            texts[String(name.dropLast(4))] = try Files.text(paths.logs + "/" + stage + "/" + name)
        }
        let hasFailed = state.stages[stage]?.ending == .failed
        for (place, step) in state.steps where place.stage == stage {
            let name = paths.fileName(for: place.label)
            guard !hasFailed || texts[name] == nil, let digest = actions.record(for: step.key)?.log,
                let bytes = try? store.read(digest)
            else { continue }
            texts[name] = String(decoding: bytes, as: UTF8.self)
        }
        return texts.sorted { $0.key < $1.key }.map { StepLog(label: $0.key, text: $0.value) }
    }
}
