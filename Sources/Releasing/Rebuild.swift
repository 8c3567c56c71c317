public import Basics
public import BuildEngine
internal import Config
internal import FoundationEssentials
internal import Glibc
public import Release
internal import Stages
internal import Steps

/// A release built again from its archive alone, in a clean folder, and compared.
public struct Rebuild: Sendable {
    /// What came of it.
    public struct Outcome: Sendable {
        /// Everything that is not as in the release; empty if it was built again byte for byte.
        public var differences: [Diagnostic] = []
        /// What is worth knowing and no difference of the files.
        public var notes: [Diagnostic] = []
        /// Stages of the release that could not be built here, for want of their tools.
        public var skipped: [String] = []
        /// Files that were made again and are the same.
        public var equal = 0
        /// Whether the build was ended by a signal.
        public var interrupted = false
    }

    let archive: ReleaseArchive
    let manifest: Manifest
    let hlsbuild: String
    let runner: any ActionRunner
    let reporter: any Reporter
    let jobs: Int

    /// - Parameter hlsbuild: the version of this program.
    public init(
        _ archive: ReleaseArchive, _ manifest: Manifest, hlsbuild: String, runner: any ActionRunner,
        reporter: any Reporter, jobs: Int
    ) {
        self.archive = archive
        self.manifest = manifest
        self.hlsbuild = hlsbuild
        self.runner = runner
        self.reporter = reporter
        self.jobs = jobs
    }

    public func run() async throws -> Outcome {
        let folder = try Self.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try unpack(into: folder)
        guard archive.files[manifest.projectFile] != nil,
            ReleaseFiles.inputs.contains(where: {
                manifest.projectFile.begins(with: $0 + "/")
            })
        else {
            throw DiagnosticError(.error("the release has no project file '\(manifest.projectFile)'"))
        }
        let file = folder + "/" + manifest.projectFile
        let workspace = try Workspace(
            file: file, overrides: manifest.settings, templates: .folder(folder + "/templates"))
        var outcome = Outcome()
        let wanted = manifest.stages.filter(\.present).map(\.name)
        let built = try await build(workspace, wanted, &outcome)
        if outcome.interrupted { return outcome }
        guard !built.isEmpty else { return outcome }
        // A new world: what was there before the build is not there any more.
        let fresh = try Workspace(
            file: file, overrides: manifest.settings, templates: .folder(folder + "/templates"))
        let releaser = Releaser(
            fresh, file: file, overrides: manifest.settings, runner: runner, reporter: reporter,
            stated: .init(manifest))
        guard let again = try await releaser.make() else {
            outcome.differences.append(.error("the release could not be made again"))
            return outcome
        }
        try noteTools(fresh, built, &outcome)
        compare(again.archive, built: built, isWhole: built == wanted, &outcome)
        return outcome
    }

    private static func temporaryFolder() throws(DiagnosticError) -> String {
        let base = getenv("TMPDIR").flatMap { String(validatingCString: $0) } ?? ""
        var name = Array(((base.isEmpty ? "/tmp" : base) + "/hlsbuild-verify-XXXXXX").utf8CString)
        guard mkdtemp(&name) != nil else {
            throw DiagnosticError(
                .error("cannot make a folder to build in: \(String(cString: strerror(errno)))", help: "set TMPDIR"))
        }
        return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Only what was given: everything else is to be made.
    private func unpack(into folder: String) throws {
        for path in archive.paths where ReleaseFiles.inputs.contains(where: { path.begins(with: $0 + "/") }) {
            let target = folder + "/" + path
            if let parent = PathText.parent(of: target) { try Files.makeDirectories(parent) }
            try Files.write(archive.files[path] ?? [], to: target)
        }
    }

    /// - Returns: the stages that could be built here.
    private func build(_ workspace: Workspace, _ stages: [String], _ outcome: inout Outcome) async throws -> [String] {
        let flow = try workspace.road.flow()
        let known = stages.map { StageIdentity($0) }.filter { flow[$0] != nil }
        let builder = Builder(world: workspace.world, runner: runner, reporter: reporter)
        let summary = try await builder.build(flow, BuildOptions(targets: known, jobs: jobs, keepGoing: true))
        outcome.interrupted = summary.interrupted
        return stages.filter { name in
            guard let report = summary[StageIdentity(name)] else {
                outcome.differences.append(.error("this version of hlsbuild has no stage '\(name)'"))
                return false
            }
            switch report.outcome {
            case .built, .cached, .current: return true
            case .unavailable, .blocked:
                // Without the tool nothing can be said; a stage that failed is reported itself.
                outcome.skipped.append(name)
                outcome.notes.append(Diagnostic(.note, "stage \(name) was not built again: \(report.why)"))
                return false
            case .failed, .wouldRun, .mayRun:
                outcome.differences.append(.error("stage \(name) was not built again: \(report.why)"))
                return false
            }
        }
    }

    private func noteTools(_ workspace: Workspace, _ stages: [String], _ outcome: inout Outcome) throws {
        if manifest.hlsbuild != hlsbuild {
            outcome.notes.append(
                Diagnostic(.note, "the release was made by hlsbuild \(manifest.hlsbuild), this is hlsbuild \(hlsbuild)")
            )
        }
        let builder = Builder(world: workspace.world, runner: runner, reporter: reporter)
        let here = try builder.tools(of: stages.map { StageIdentity($0) })
        for tool in manifest.tools where stages.contains(tool.stage) {
            let same = here.filter {
                $0.stage.text == tool.stage && PathText.name(of: $0.name) == tool.name
            }
            if same.contains(where: { $0.digest == tool.sha256 }) { continue }
            let found =
                same.first.map { $0.version.isEmpty ? String($0.digest.prefix(12)) : $0.version } ?? "another tool"
            outcome.notes.append(
                Diagnostic(
                    .note, "stage \(tool.stage) was made with \(tool.name) (\(tool.version)), here with \(found)"))
        }
    }

    /// - Parameter isWhole: every stage was built again, so that what is stated of the whole must be the same too.
    private func compare(
        _ again: ReleaseArchive, built: [String], isWhole: Bool, _ outcome: inout Outcome
    ) {
        let hasEmulator = EmulatorStep.needs.allSatisfy { built.contains($0.rawValue) }
        func counts(_ path: String) -> Bool {
            let parts = PathText.parts(of: path)
            if parts.first == "build", parts.count > 2 { return built.contains(parts[1]) }
            return isWhole || (parts.count > 1 && (parts.first != "emulator" || hasEmulator))
        }
        for path in Set(archive.files.keys).union(again.files.keys).sorted() where counts(path) {
            switch (archive.files[path], again.files[path]) {
            case (let old?, let new?) where old == new: outcome.equal += 1
            case (let old?, let new?): outcome.differences.append(Self.difference(path, old, new))
            case (_?, nil): outcome.differences.append(.error("'\(path)' is in the release and was not made again"))
            case (nil, _): outcome.differences.append(.error("'\(path)' was made and is not in the release"))
            }
        }
    }

    private static func difference(_ path: String, _ old: [UInt8], _ new: [UInt8]) -> Diagnostic {
        let at = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
        let line = old.prefix(at).reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        let isText = !old.prefix(4096).contains(0)
        return .error(
            "'\(path)' was made differently: \(old.count) bytes in the release, \(new.count) now, first difference at "
                + (isText ? "line \(line)" : "byte \(at)"))
    }
}
