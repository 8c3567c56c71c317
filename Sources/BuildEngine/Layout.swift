internal import Basics

/// Puts a stage's files below `build/STAGE`: copies of what the store holds, only where they are missing or wrong.
///
/// What the user changed there is moved aside, never lost; what the user added stays; links are never followed.
struct Layout {
    /// What stands where a file of ours should be.
    private enum Finding: Hashable {
        case right(FileStatus, settled: Bool)
        /// The bytes are right, the permissions are not.
        case wrongMode
        case missing
        /// Ours, of another build.
        case old
        /// Not ours.
        case foreign
    }

    let stage: StageIdentity
    let session: Session
    private let root: String
    private var manifest: LayoutManifest

    init(stage: StageIdentity, session: Session) {
        self.stage = stage
        self.session = session
        root = session.paths.outputs(of: stage)
        manifest = LayoutManifest(paths: session.paths, stage: stage, disk: session.disk)
    }

    /// Lays out the files.
    /// - Parameter isComplete: Whether these are all files of the stage, so that others of ours are removed.
    /// - Returns: What had to be done, in the order of the paths; in a dry run what would have to be done.
    mutating func apply(_ wanted: [String: Artifact], isComplete: Bool) throws -> [Reason] {
        try check(wanted)
        let before = manifest
        var findings: [String: Finding] = [:]
        for (path, artifact) in wanted {
            if let digest = artifact.digest { findings[path] = try inspect(path, digest, artifact.isExecutable) }
        }
        let leftover = isComplete ? manifest.entries.keys.filter { wanted[$0] == nil }.sorted() : []
        let reasons = reasons(findings, leftover, wanted)
        if session.options.dryRun { return reasons }
        if !reasons.isEmpty {
            try declare(wanted, sync: !leftover.isEmpty)
            for path in findings.keys.sorted() {
                if let finding = findings[path], let artifact = wanted[path] { try mend(path, finding, artifact) }
            }
            for path in leftover { try discard(path) }
        }
        conclude(wanted, findings)
        if manifest != before { try manifest.save(paths: session.paths, stage: stage, disk: session.disk) }
        return reasons
    }

    /// Removes all files of ours that the user has not changed. For `clean`.
    mutating func removeAll() throws {
        for path in manifest.entries.keys.sorted() { try discard(path) }
        _ = try? session.disk.removeEmptyDirectory(root)
    }

    private func check(_ wanted: [String: Artifact]) throws {
        for path in wanted.keys {
            guard PathText.isContained(path) else { throw Session.illegal(path, "a file of stage \(stage)") }
            for folder in PathText.folders(above: path) where wanted[folder] != nil {
                throw DiagnosticError(.error("stage \(stage) has a file and a folder called '\(folder)'"))
            }
        }
    }

    /// All folders from `build` down to the file's own, as absolute paths.
    private func way(to path: String) -> [String] {
        [session.paths.outputs] + (stage.point == nil ? [] : [session.paths.pointFolder(of: stage)]) + [root]
            + PathText.folders(above: path).map { root + "/" + $0 }
    }

    private func inspect(_ path: String, _ digest: Digest, _ executable: Bool) throws -> Finding {
        let file = root + "/" + path
        for folder in way(to: path) where session.disk.linkStatus(folder).map({ $0.kind != .directory }) ?? true {
            return .missing
        }
        guard let status = session.disk.linkStatus(file) else { return .missing }
        guard status.kind == .file else { return .foreign }
        let entry = manifest.entries[path]
        let isRightMode = (status.mode & 0o100 != 0) == executable && status.mode & 0o400 != 0
        if entry?.ours == [digest], entry?.status == status {
            return isRightMode ? .right(status, settled: true) : .wrongMode
        }
        let now = session.world.clock.now()
        guard let found = try? session.disk.digest(file) else { return .foreign }
        if found == digest {
            return isRightMode ? .right(status, settled: status.isSettled(at: now)) : .wrongMode
        }
        return entry?.ours.contains(found) == true ? .old : .foreign
    }

    private func reasons(
        _ findings: [String: Finding], _ leftover: [String], _ wanted: [String: Artifact]
    ) -> [Reason] {
        var reasons: [Reason] = []
        for path in findings.keys.sorted() {
            let full = "\(ProjectPaths.outputFolder)/\(stage)/\(path)"
            let wasThere = wanted[path]?.digest.map { manifest.entries[path]?.ours.contains($0) == true } ?? false
            switch findings[path] {
            case .right, nil: break
            case .missing: reasons.append(wasThere ? .outputMissing(path: full) : .layoutChanged(path: full))
            case .old: reasons.append(.layoutChanged(path: full))
            case .foreign, .wrongMode: reasons.append(.outputEdited(path: full))
            }
        }
        return reasons + leftover.map { .layoutChanged(path: "\(ProjectPaths.outputFolder)/\(stage)/\($0)") }
    }

    /// Writes down what will be ours before any of it is there, so that a build that is killed does not take its own
    /// files for the user's.
    /// - Parameter sync: Whether it must outlast a loss of power: of files that are not made any more it alone tells
    ///   whose they are, and without it they would stay forever.
    private mutating func declare(_ wanted: [String: Artifact], sync: Bool) throws {
        for (path, artifact) in wanted {
            guard let digest = artifact.digest else { continue }
            manifest.entries[path, default: .init(ours: [], status: nil)].ours.insert(digest)
        }
        try manifest.save(paths: session.paths, stage: stage, disk: session.disk, sync: sync)
    }

    private func mend(_ path: String, _ finding: Finding, _ artifact: Artifact) throws {
        let file = root + "/" + path
        let mode: UInt32 = artifact.isExecutable ? 0o755 : 0o644
        switch finding {
        case .right: return
        case .wrongMode: return try session.disk.setMode(file, mode)
        case .foreign: try setAside(file)
        case .missing, .old: break
        }
        for folder in way(to: path) {
            if let kind = session.disk.linkStatus(folder)?.kind, kind != .directory { try setAside(folder) }
        }
        try session.disk.makeDirectories(PathText.parent(of: file) ?? root)
        try session.disk.makeDirectories(session.paths.scratch)
        let temporary = session.paths.scratch + "/" + session.disk.uniqueName()
        do {
            try session.blobs.export(artifact, to: temporary, mode: mode)
            try session.disk.rename(temporary, to: file)
        } catch {
            try? session.disk.remove(temporary)
            guard let error = error as? FileError, error.isOtherFileSystem else { throw error }
            let near = file + ".new-" + session.disk.uniqueName()
            try session.blobs.export(artifact, to: near, mode: mode)
            try session.disk.rename(near, to: file)
        }
    }

    /// Renames what the user put in a file's place.
    private func setAside(_ path: String) throws {
        var target = path + ".edited"
        var number = 2
        while session.disk.linkStatus(target) != nil {
            target = "\(path).edited-\(number)"
            number += 1
        }
        try session.disk.rename(path, to: target)
        let (name, kept) = (session.paths.relative(path), session.paths.relative(target))
        session.reporter.report(
            .diagnostic(
                .warning(
                    "'\(name)' was edited; your version is now '\(kept)'",
                    help: "files below 'build' are made by hlsbuild: change what they are made from"),
                stage: stage))
    }

    /// Removes a file of ours that the stage does not have any more.
    private mutating func discard(_ path: String) throws {
        let file = root + "/" + path
        defer { manifest.entries[path] = nil }
        for folder in way(to: path) where session.disk.linkStatus(folder)?.kind != .directory { return }
        guard let status = session.disk.linkStatus(file) else { return }
        let isOurs =
            status.kind == .file
            && (try? session.disk.digest(file)).map { manifest.entries[path]?.ours.contains($0) == true } ?? false
        guard isOurs else {
            session.reporter.report(
                .diagnostic(
                    .warning("'\(session.paths.relative(file))' is not made any more but was edited, so it stays"),
                    stage: stage))
            return
        }
        try session.disk.remove(file)
        for folder in way(to: path).dropFirst(stage.point == nil ? 2 : 3).reversed() {
            guard try session.disk.removeEmptyDirectory(folder) else { break }
        }
    }

    /// Notes how everything looks now.
    private mutating func conclude(_ wanted: [String: Artifact], _ findings: [String: Finding]) {
        for (path, artifact) in wanted {
            guard let digest = artifact.digest else { continue }
            var status: FileStatus?
            if case .right(let found, settled: true)? = findings[path] { status = found }
            manifest.entries[path] = .init(ours: [digest], status: status)
            let name = "\(ProjectPaths.outputFolder)/\(stage)/\(path)"
            let found: FileStatus? =
                if case .right(let found, _)? = findings[path] { found } else {
                    session.disk.linkStatus(root + "/" + path)
                }
            session.world.note(.entry(ExactText(name)), found.map(World.Sight.file) ?? .nothing)
        }
    }
}
