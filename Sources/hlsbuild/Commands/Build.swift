import ArgumentParser
import Basics
import BuildEngine
import BuildReports
import Config
import Stages
import Steps
import ToolRunner

/// `hlsbuild [STAGE ...]`.
struct Build: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Build up to these stages; 'build' may be left out.",
        discussion: """
            Examples:
              hlsbuild                                   all stages
              hlsbuild csim                              up to the C simulation
              hlsbuild csim --set layers.fc1.reuse=4     try a setting without an edit
              hlsbuild -n                                what would be done
              hlsbuild -B csim                           run it, whatever is kept
              hlsbuild --timings trace.json              for ui.perfetto.dev
            """)

    @Argument(
        help: ArgumentHelp("Stages to build up to (default: all).", valueName: "stage"),
        completion: .list(Road.names))
    var stages: [String] = []

    @OptionGroup var options: GlobalOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Run at most so many commands at once (default: one per processor).", valueName: "number"))
    var jobs: Int?

    @Flag(name: [.short, .long], help: "Go on with stages that do not depend on a failed one.")
    var keepGoing = false

    @Flag(name: [.customShort("n"), .long], help: "Say what would be done and change nothing.")
    var dryRun = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write when each step ran into this file, as a trace that Chrome and Perfetto show.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var timings: String?

    @Flag(name: .customLong("force-all"), help: "Run everything, whatever is cached; -B for short.")
    var forceAll = false

    @Option(
        name: .customLong("force-stage"),
        help: ArgumentHelp("Run this stage, whatever is cached; -B STAGE for short.", valueName: "stage"),
        completion: .list(Road.names))
    var forced: [String] = []

    mutating func run() async throws {
        try Opened.check(jobs: jobs)
        if let unknown = forced.first(where: { !Road.names.contains($0) }) {
            let names = Road.names.joined(separator: ", ")
            throw DiagnosticError(.error("there is no stage '\(unknown)' to run by force", help: "stages: \(names)"))
        }
        let opened = try Opened(options)
        let flow = try opened.workspace.road.flow()
        let force: BuildOptions.Force =
            forceAll ? .all : forced.isEmpty ? .none : .stages(Set(forced.map { StageIdentity($0) }))
        // A forced stage is one the user wants; alone it is the target.
        let targets = stages.isEmpty && !forced.isEmpty ? forced : stages
        let (_, name) = PathText.split(options.file)
        let request = QuietBuild.request(targets: targets, file: name, overrides: options.overrides)
        let build = BuildOptions(
            targets: targets.map { StageIdentity($0) }, jobs: jobs ?? Opened.processors, keepGoing: keepGoing,
            dryRun: dryRun, force: force,
            request: force == .none && !dryRun ? request : nil)
        let place = try timings.map { try OutputPlace($0, sparing: opened.workspace.keptFiles()) }
        let summary = try await execute(opened, flow, build, place)
        if !dryRun { opened.remember(summary) }
        if !dryRun, !options.quiet, !options.json, !summary.isQuiet { sayUnjudged(opened, summary) }
        let status = opened.status(of: summary)
        if status != .done { throw status }
    }

    /// A line for the budgets that this build did not come to judge.
    private func sayUnjudged(_ opened: Opened, _ summary: BuildSummary) {
        let judged = summary.stages.filter { ![.blocked, .unavailable].contains($0.outcome) }
        let stages = Set(judged.compactMap { StageName(rawValue: $0.name) })
        let build = opened.workspace.world.absolute("build"), project = opened.workspace.project
        guard !project.expectations.isEmpty, judged.contains(where: { $0.name == "optimize" && $0.outcome != .failed }),
            let design = try? StageOutput.design.read(below: build),
            let rows = try? BudgetRow.unjudged(project, design, judged: stages), !rows.isEmpty
        else { return }
        for row in rows { say("\(row.text); stage \(row.stage.rawValue) measures it") }
    }

    private func execute(_ opened: Opened, _ flow: Flow, _ build: BuildOptions, _ place: OutputPlace?) async throws
        -> BuildSummary
    {
        let style = Style.output
        let located: @Sendable (Diagnostic) -> Diagnostic = { opened.located($0) }
        if options.json {
            return try await run(opened, flow, build, JSONDisplay(located: located), place)
        }
        guard Terminal.isInteractive, !options.quiet, !options.verbose else {
            let plain = PlainDisplay(options, style: style, located: located)
            return try await run(opened, flow, build, plain, place)
        }
        let live = LiveDisplay(options, style: style, located: located)
        let ticker = Task { await live.tick() }
        defer { ticker.cancel() }
        return try await run(opened, flow, build, live, place)
    }

    /// - Parameter place: where the times of the steps are written, if anywhere.
    private func run(
        _ opened: Opened, _ flow: Flow, _ build: BuildOptions, _ reporter: any Reporter, _ place: OutputPlace?
    ) async throws -> BuildSummary {
        let times = place.map { _ in StepTimes(telling: reporter) }
        let summary = try await Interruption.run(ending: opened.runner) {
            try await opened.builder(times ?? reporter).build(flow, build)
        }
        if let place, let times { try place.write(Array((times.trace.text + "\n").utf8)) }
        return summary
    }
}
