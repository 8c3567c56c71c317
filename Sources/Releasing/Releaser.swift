internal import Basics
public import BuildEngine
internal import Config
public import Release
public import Stages
internal import Synchronization

/// Makes a release of whatever is built: nothing is built for it but the emulator library.
public struct Releaser: Sendable {
    let workspace: Workspace
    /// The project file's own name.
    let projectFile: String
    let overrides: [String]
    let builder: Builder

    /// - Parameters:
    ///   - file: the project file, as it was given to the workspace.
    ///   - overrides: the settings that were given to it.
    public init(
        _ workspace: Workspace, file: String, overrides: [String], runner: any ActionRunner, reporter: any Reporter
    ) {
        self.workspace = workspace
        projectFile = PathText.split(file).name
        self.overrides = overrides
        builder = Builder(world: workspace.world, runner: runner, reporter: reporter)
    }

    /// - Parameter hlsbuild: the version of this program.
    /// - Returns: the release, and what it holds; nil for both if collecting failed: the reporter was told.
    /// - Throws: `DiagnosticError` if nothing is built.
    public func make(hlsbuild: String) async throws -> (archive: ReleaseArchive, manifest: Manifest)? {
        try await contents()?.archive(hlsbuild: hlsbuild)
    }

    /// What a release of the project as it is built now holds; nil if collecting failed.
    func contents() async throws -> ReleaseContents? {
        let flow = try workspace.road.flow()
        let statuses = try await builder.status(flow)
        let stages = present(statuses, flow)
        let names = stages.filter(\.present).map(\.name)
        guard !names.isEmpty else { throw Self.nothing(statuses) }
        guard let files = try await collect(names, flow) else { return nil }
        return ReleaseContents(
            project: workspace.project.name, projectFile: "\(ReleaseFiles.project)/\(projectFile)",
            settings: files.settings, stages: stages, leftOut: files.leftOut, tools: try tools(of: names),
            files: files.files)
    }

    /// Which stages can be released: up to date, as is everything that they were made from.
    private func present(_ statuses: [StageStatus], _ flow: Flow) -> [Manifest.Stage] {
        var there: Set<StageIdentity> = []
        return statuses.map { status in
            let missing = flow[status.stage]?.needs.first { !there.contains($0) }
            if status.state == .upToDate, missing == nil {
                there.insert(status.stage)
                return Manifest.Stage(name: status.name, present: true, why: nil)
            }
            var why = Self.reason(status.state)
            if status.state == .upToDate, let missing { why = "stage \(missing), which it was made from, is not there" }
            return Manifest.Stage(name: status.name, present: false, why: Self.withoutPlaces(why))
        }
    }

    /// Why a stage is missing. What changed since when is history, which two machines do not share, so it stays out.
    private static func reason(_ state: StageStatus.State) -> String {
        switch state {
        case .upToDate, .neverBuilt: state.name
        case .stale: "stale: changed since it was built"
        case .failed(let why), .unavailable(let why), .blocked(let why): state.name + ": " + why
        }
    }

    /// Paths of this machine in a text, each as its last part.
    private static func withoutPlaces(_ text: String) -> String {
        text.parts(at: " ").map { word -> String in
            guard let slash = word.utf8.firstIndex(of: UInt8(ascii: "/")),
                word[..<slash].allSatisfy({ !$0.isLetter && $0 != "." })
            else { return word }
            return String(word[..<slash]) + (PathText.parts(of: word).last ?? "")
        }.joined(separator: " ")
    }

    private static func nothing(_ statuses: [StageStatus]) -> DiagnosticError {
        let states = statuses.map { status in
            Diagnostic.Note(
                "stage \(status.name): "
                    + [status.state.name, status.state.why].filter { !$0.isEmpty }.joined(separator: ": "))
        }
        return DiagnosticError(
            .error(
                "nothing is built that could be released",
                help: "run 'hlsbuild csim' first, or 'hlsbuild' for all stages; what is up to date takes no time",
                notes: states))
    }

    /// Programs that were not asked for their version only start others, as a shell does.
    private func tools(of stages: [String]) throws -> [Manifest.Tool] {
        try builder.tools(of: stages.map { StageIdentity($0) }).filter { !$0.version.isEmpty }.map { use in
            Manifest.Tool(
                stage: use.stage.text, name: PathText.name(of: use.name),
                version: use.version, sha256: use.digest)
        }
    }

    /// Runs a build whose last stage takes the others' outputs.
    private func collect(_ stages: [String], _ flow: Flow) async throws -> ReleaseFiles? {
        let found = Found()
        let collector = ReleaseCollector(
            workspace: workspace, projectFile: projectFile, overrides: overrides, stages: stages)
        let collecting = StageNode("release", needs: stages.map { StageIdentity($0) }, summary: "collect what is built")
        { context in
            let files = try await collector.collect(context)
            found.files.withLock { $0 = files }
        }
        let whole = try Flow(flow.stages.filter { stages.contains($0.name) } + [collecting])
        let summary = try await builder.build(whole, BuildOptions(targets: ["release"]))
        if summary.interrupted { throw CancellationError() }
        return found.files.withLock { $0 }
    }

    private final class Found: Sendable {
        let files = Mutex<ReleaseFiles?>(nil)
    }
}
