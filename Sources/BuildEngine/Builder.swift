internal import Basics

/// Builds flows in one project: the engine's front door.
public struct Builder: Sendable {
    let world: World
    let runner: any ActionRunner
    let reporter: any Reporter
    let shared: (any ResultCache)?
    let disk: Disk

    /// - Parameters:
    ///   - world: What the flow's maker read the project through; open a new one for every build.
    ///   - shared: Where results are looked up and put besides the project's own store.
    public init(
        world: World, runner: any ActionRunner, reporter: any Reporter = SilentReporter(),
        shared: (any ResultCache)? = nil
    ) {
        self.init(world: world, runner: runner, reporter: reporter, shared: shared, disk: world.disk)
    }

    init(
        world: World, runner: any ActionRunner, reporter: any Reporter = SilentReporter(),
        shared: (any ResultCache)? = nil, disk: Disk
    ) {
        self.world = world
        self.runner = runner
        self.reporter = reporter
        self.shared = shared
        self.disk = disk
    }

    /// Builds the targets and what they need. Failures of stages are in the summary.
    ///
    /// - Throws: `DiagnosticError` if there is no such target or the project cannot be written; `CancellationError` if
    ///   the task is cancelled while another build has the project.
    public func build(_ flow: Flow, _ options: BuildOptions) async throws -> BuildSummary {
        let stages = try flow.closure(of: options.targets)
        if case .stages(let names) = options.force { _ = try flow.closure(of: names.sorted()) }
        if options.dryRun { return try await pass(stages, options) }
        let reporter = reporter
        let lock = try await ProjectLock.acquire(world.paths, disk: disk) { reporter.report(.waiting(for: $0)) }
        defer { withExtendedLifetime(lock) {} }
        do {
            if options.laysOut { try disk.remove(world.paths.quiet) }
            let summary = try await pass(stages, options)
            remember(summary, options)
            return summary
        } catch let error as FileError {
            throw DiagnosticError(error.diagnostic)
        }
    }

    /// Keeps what makes the next build faster. The build is over and right without it, so failing is but a warning.
    private func remember(_ summary: BuildSummary, _ options: BuildOptions) {
        do {
            try world.digests.save(disk)
            if let request = options.request, summary.isQuiet {
                try QuietRecord(request: request, summary: summary, world: world).save(world.paths, disk)
            }
        } catch {
            reporter.report(.diagnostic(.warning("the next build will be slower: \(error)"), stage: nil))
        }
    }

    /// Goes over the stages; once more if the store turned out damaged on the way, since what is damaged is gone now
    /// and is made anew.
    private func pass(_ stages: [StageNode], _ options: BuildOptions) async throws -> BuildSummary {
        let start = ContinuousClock.now
        let session = try Session(
            world: world, options: options, disk: disk, runner: runner, reporter: reporter, shared: shared)
        reporter.report(.buildStarted(stages: stages.map(\.identity)))
        var reports: [StageReport] = []
        for _ in 0..<3 {
            session.foundDamage = false
            reports = await Executor(session: session, stages: stages).run()
            if !session.foundDamage || Task.isCancelled { break }
        }
        let summary = BuildSummary(stages: reports, seconds: seconds(since: start), interrupted: Task.isCancelled)
        reporter.report(.buildFinished(summary))
        return summary
    }
}
