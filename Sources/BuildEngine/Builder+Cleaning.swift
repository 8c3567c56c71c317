internal import Basics

/// What `gc` removed.
public struct GarbageReport: Hashable, Sendable {
    public var records = 0
    public var contents = 0
    /// Bytes of the removed contents.
    public var bytes: Int64 = 0
}

extension Builder {
    /// Removes results that the project's present state does not refer to, that no other state of the last days
    /// did, and everything that broken-off builds left.
    ///
    /// - Parameter days: Records made or renewed within so many days stay, with all that they refer to.
    public func collectGarbage(keepingDays days: Int) async throws -> GarbageReport {
        try await alone {
            let paths = world.paths
            let state = try StateLog(paths: paths, disk: disk, writable: true).contents
            var used: Set<Digest> = []
            for step in state.stages.values.flatMap(\.steps.values) {
                used.insert(step.key)
                if let previous = step.previous { used.insert(previous) }
            }
            let oldest = world.clock.now() - Int64(days.clamped(to: 0...100_000)) * 86_400_000_000_000
            let actions = ActionCache(paths: paths, disk: disk, inMemory: true)
            var report = GarbageReport()
            var live: Set<String> = []
            try eachFile(in: paths.actions) { path, name, status in
                let record = Digest(hex: name).flatMap { actions.record(for: $0) }
                if let record, used.contains(record.key) || (days > 0 && status.modified >= oldest) {
                    live.formUnion(record.blobs.map(\.hex))
                } else {
                    try disk.remove(path)
                    report.records += 1
                }
            }
            try eachFile(in: paths.store) { path, name, status in
                guard !live.contains(name) else { return }
                try disk.removeTree(path)
                report.contents += 1
                report.bytes += status.size
            }
            for folder in [paths.quarantine, paths.scratch, paths.work] { try disk.removeTree(folder) }
            return report
        }
    }

    /// Removes what was laid out below `build`; files that the user changed or added stay.
    ///
    /// - Parameter everything: Whether the store, the records and the logs go too.
    public func clean(everything: Bool = false) async throws {
        try await alone {
            let paths = world.paths
            try disk.remove(paths.quiet)
            let session = try Session(
                world: world, options: BuildOptions(), disk: disk, runner: runner, reporter: reporter, shared: nil)
            for name in (try? disk.list(paths.layouts)) ?? [] {
                guard let stage = LayoutManifest.stage(ofFile: name) else { continue }
                var layout = Layout(stage: stage, session: session)
                try layout.removeAll()
                try disk.remove(LayoutManifest.path(paths, stage))
                if stage.point != nil { _ = try disk.removeEmptyDirectory(paths.pointFolder(of: stage)) }
            }
            _ = try? disk.removeEmptyDirectory(paths.outputs)
            guard everything else { return }
            for name in try disk.list(paths.state) where paths.state + "/" + name != paths.lock {
                try disk.removeTree(paths.state + "/" + name)
            }
        }
    }

    /// Does something while no build can run.
    private func alone<Result: Sendable>(_ body: () throws -> Result) async throws -> Result {
        let reporter = reporter
        let lock = try await ProjectLock.acquire(world.paths, disk: disk) { reporter.report(.waiting(for: $0)) }
        defer { withExtendedLifetime(lock) {} }
        do { return try body() } catch let error as FileError { throw DiagnosticError(error.diagnostic) }
    }

    /// All files of a folder of two levels; `name` is both names together.
    private func eachFile(in folder: String, _ body: (String, String, FileStatus) throws -> Void) throws {
        for outer in (try? disk.list(folder)) ?? [] {
            for inner in (try? disk.list(folder + "/" + outer)) ?? [] {
                let path = "\(folder)/\(outer)/\(inner)"
                if let status = disk.linkStatus(path) { try body(path, outer + inner, status) }
            }
        }
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
