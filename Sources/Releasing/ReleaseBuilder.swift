internal import Basics
internal import BuildEngine
internal import Config
internal import Release
internal import Stages
internal import Steps

/// Builds the project in a release again, in a folder that holds nothing else.
///
/// The archive says where the project file lies, which settings were given besides it, and which stages it holds;
/// everything else follows from the project.
struct ReleaseBuilder: Sendable {
    let archive: ReleaseArchive
    let manifest: Manifest
    let runner: any ActionRunner
    let reporter: any Reporter
    let jobs: Int

    /// - Parameter folder: an empty one.
    /// - Returns: nil if it was interrupted.
    /// - Throws: `DiagnosticError` if what was given cannot be that of a release.
    func rebuild(in folder: String) async throws -> RebuiltRelease? {
        let file = try unpackProject(into: folder)
        let workspace = try open(file, folder)
        var rebuilt = RebuiltRelease(
            stages: workspace.road.stages.map { stage in
                .init(name: stage.name.rawValue, outcome: .notInRelease)
            })
        let wanted = rebuilt.stages.map(\.name).filter(isInRelease)
        guard !wanted.isEmpty else { throw DiagnosticError(.error("the release holds nothing that was built")) }
        let builder = Builder(world: workspace.world, runner: runner, reporter: reporter)
        let summary = try await builder.build(
            workspace.road.flow(), BuildOptions(targets: wanted.map { StageIdentity($0) }, jobs: jobs, keepGoing: true))
        if summary.interrupted { return nil }
        for index in rebuilt.stages.indices {
            let name = rebuilt.stages[index].name
            guard let report = summary[StageIdentity(name)] else { continue }
            rebuilt.stages[index].outcome = outcome(report, canBe: workspace.road[name]?.isPossible == true)
        }
        guard rebuilt.stages.contains(where: { $0.outcome == .built }) else { return rebuilt }
        // A new world: what was there before the build is not there any more.
        let releaser = Releaser(
            try open(file, folder), file: file, overrides: manifest.settings, runner: runner, reporter: reporter)
        rebuilt.contents = try await releaser.contents()
        return rebuilt
    }

    /// Whether the release states that it holds a stage, or does hold a file of it.
    private func isInRelease(_ stage: String) -> Bool {
        let folder = RebuiltRelease.folder(of: stage)
        return manifest.stages.contains { $0.name == stage && $0.present }
            || archive.files.keys.contains { $0.begins(with: folder) }
    }

    private func outcome(_ report: StageReport, canBe: Bool) -> RebuiltRelease.Stage.Outcome {
        switch report.outcome {
        case .built, .cached, .current: .built
        case .unavailable where canBe, .blocked where canBe: .unavailable(why: report.why)
        case .unavailable, .blocked, .failed, .wouldRun, .mayRun: .failed(why: report.why)
        }
    }

    private func open(_ file: String, _ folder: String) throws -> Workspace {
        try Workspace(
            file: file, overrides: manifest.settings, templates: .folder(folder + "/templates"), takesAnyCompiler: true)
    }

    // MARK: unpacking

    /// Unpacks the project file, what it names, and the templates; nothing else of the archive, and nothing of what it
    /// says was built.
    /// - Returns: the project file.
    private func unpackProject(into folder: String) throws -> String {
        let parts = manifest.projectFile.parts(at: "/")
        guard parts.count == 2, parts[0].isExactly(ReleaseFiles.project),
            archive.files[manifest.projectFile] != nil
        else { throw DiagnosticError(.error("the release has no project file '\(manifest.projectFile)'")) }
        try unpack(manifest.projectFile, into: folder)
        let file = folder + "/" + manifest.projectFile
        let project = try open(file, folder).project
        if let tool = project.tools.sorted(by: { $0.key.rawValue < $1.key.rawValue }).first(where: {
            $0.value.has("/")
        }) {
            throw DiagnosticError(
                .error("the release names a program by its place, '\(tool.value)', and no release does"))
        }
        for path in PortableProject.files(of: project) {
            guard let place = PortableProject.place(ofInside: path) else {
                throw DiagnosticError(.error("the project in the release names '\(path)', which is not a part of it"))
            }
            if archive.files["\(ReleaseFiles.project)/\(place)"] != nil {
                try unpack("\(ReleaseFiles.project)/\(place)", into: folder)
            }
        }
        for path in archive.paths where path.begins(with: "\(ReleaseFiles.templates)/") {
            try unpack(path, into: folder)
        }
        return file
    }

    private func unpack(_ path: String, into folder: String) throws {
        let target = folder + "/" + path
        guard Files.linkStatus(target) == nil else { return }
        if let parent = PathText.parent(of: target) { try Files.makeDirectories(parent) }
        try Files.create(target, archive.files[path] ?? [])
    }
}
