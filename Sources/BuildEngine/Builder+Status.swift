internal import Basics

extension Builder {
    /// How the stages stand, by a dry run: nothing is changed and no lock is taken.
    public func status(_ flow: Flow) async throws -> [StageStatus] {
        let state = try StateLog(paths: world.paths, disk: disk, writable: false).contents
        return try await rehearse(flow, targets: []).stages.map { status($0, state) }
    }

    /// Why a stage would run now, and why it ran in the last build.
    public func why(_ stage: StageIdentity, _ flow: Flow) async throws -> StageExplanation {
        let log = try StateLog(paths: world.paths, disk: disk, writable: false)
        let summary = try await rehearse(flow, targets: [stage])
        guard let report = summary[stage] else {
            throw DiagnosticError(.error("there is no stage '\(stage)'"))
        }
        let actions = ActionCache(paths: world.paths, disk: disk, inMemory: true)
        let steps = report.steps.map { step in
            let last = log.step(.init(stage: stage, label: step.label))
            return StageExplanation.Step(
                label: step.label, outcome: step.outcome, now: step.reasons,
                lastTime: last.map { differences(of: $0, in: actions) } ?? [], lastWhy: last?.why)
        }
        return StageExplanation(status: status(report, log.contents), why: report.why, steps: steps)
    }

    private func rehearse(_ flow: Flow, targets: [StageIdentity]) async throws -> BuildSummary {
        let silent = Builder(world: world, runner: runner, shared: shared, disk: disk)
        return try await silent.build(flow, BuildOptions(targets: targets, keepGoing: true, dryRun: true))
    }

    private func differences(of state: StateLog.StepState, in actions: ActionCache) -> [Reason] {
        guard let previous = state.previous, let old = actions.record(for: previous),
            let new = actions.record(for: state.key)
        else { return [] }
        return Reason.differences(from: old.components, to: new.components)
    }

    private func status(_ report: StageReport, _ state: StateLog.Contents) -> StageStatus {
        let folder = "\(ProjectPaths.outputFolder)/\(report.stage)"
        let isThere = disk.linkStatus(world.paths.absolute(folder))?.kind == .directory
        let stands = self.state(report, state, hasOutputs: isThere)
        return StageStatus(
            stage: report.stage, state: stands, outputs: isThere ? folder : nil,
            areOutputsCurrent: stands == .upToDate || report.outcome == .failed && report.isLaidOut)
    }

    /// A failure counts where the very action that failed would run: one of other settings says nothing about these.
    private func state(
        _ report: StageReport, _ state: StateLog.Contents, hasOutputs: Bool
    ) -> StageStatus.State {
        let last = state.stages[report.stage]?.ended
        switch report.outcome {
        case .failed: return .failed(report.why)
        case .unavailable: return .unavailable(report.why)
        case .blocked: return .blocked(report.why)
        case .current: return last == nil ? .neverBuilt : .upToDate
        case .cached, .built, .wouldRun, .mayRun: break
        }
        guard let last else { return .neverBuilt }
        if let why = report.steps.lazy.compactMap(\.lastFailure).first { return .failed(why) }
        if last.ending != .done, !hasOutputs, report.reason == .neverBuilt { return .neverBuilt }
        return .stale(report.why)
    }
}
