internal import Basics

/// What one step's command printed.
public struct StepLog: Hashable, Sendable {
    public let label: String
    public let text: String
}

extension Builder {
    /// What the commands of a stage printed when they ran last, by label; of a stage whose results came from the store,
    /// what was printed when they were made.
    public func logs(of stage: StageIdentity) throws -> [StepLog] {
        let paths = world.paths
        let state = try StateLog(paths: paths, disk: disk, writable: false).contents
        let store = ContentStore(
            paths: paths, disk: disk, digests: world.digests, inMemory: true, warn: { _ in })
        let actions = ActionCache(paths: paths, disk: disk, inMemory: true)
        var texts: [LabelName: String] = [:]
        let folder = paths.logs(of: stage)
        for name in (try? disk.list(folder)) ?? [] {
            guard let log = name.rest(before: ".log").map(LabelName.init(found:)) else { continue }
            do throws(FileError) {
                let bytes = try disk.ends(of: folder + "/" + name, InputLimit.report.bytes / 2)
                texts[log] = String(decoding: bytes, as: UTF8.self)
            } catch {
                // A build that runs now may have removed it since.
                if !error.isMissing { throw error }
            }
        }
        let known = state.stages[stage]
        let hasFailed = known?.ended?.ending == .failed
        for (label, step) in known?.steps ?? [:] {
            let name = LabelName(label: label)
            guard !hasFailed || texts[name] == nil, let digest = actions.record(for: step.key)?.log,
                let bytes = try? store.read(digest)
            else { continue }
            texts[name] = String(decoding: bytes, as: UTF8.self)
        }
        return texts.map { StepLog(label: $0.key.label, text: $0.value) }.sorted { $0.label < $1.label }
    }

    /// Hands on what the commands of a stage print, from what is there already, for as long as a build has the project;
    /// without a build, what `logs(of:)` says.
    ///
    /// - Throws: `CancellationError` if the task is cancelled, and what `onPiece` throws.
    public func followLogs(of stage: StageIdentity, _ onPiece: (LogPiece) throws -> Void) async throws {
        let paths = world.paths
        let holder = ProjectLock.holder(paths)
        var tail = LogTail(folder: paths.logs(of: stage))
        // What the build that runs now has printed is in its logs only; the store knows the results before it.
        let current = holder.map { tail.skip(before: $0.since) } ?? []
        for log in try logs(of: stage) where !current.contains(log.label) {
            try onPiece(LogPiece(label: log.label, isStart: true, bytes: Array(log.text.utf8)))
        }
        guard holder != nil else { return }
        while true {
            // Asked before reading: whatever the build wrote before its end is read after it.
            let isRunning = ProjectLock.holder(paths) != nil
            try tail.drain(onPiece)
            guard isRunning else { return }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
