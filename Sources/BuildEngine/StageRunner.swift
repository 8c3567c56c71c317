internal import Basics

/// Runs one stage: its body, then its layout, then the note of how it ended.
struct StageRunner: Sendable {
    let session: Session
    let stage: StageNode

    private enum Ending {
        case done
        /// Dry run: the body wanted the bytes of something that has not been made.
        case unknown
        case interrupted
        case failed([Diagnostic])
        case unavailable([Diagnostic])
    }

    func run(upstream: [StageIdentity: StageProducts]) async -> (StageReport, StageProducts) {
        let start = ContinuousClock.now
        session.reporter.report(.stageStarted(stage.identity))
        let context = StageContext(stage: stage.identity, session: session, upstream: upstream)
        var ending: Ending
        do {
            try await stage.body(context)
            ending = .done
        } catch {
            ending = classify(error)
        }
        let notes = context.products.contents
        var mended: [Reason]?
        do {
            if session.options.laysOut {
                mended = try layOut(ending, notes)
                try write(ending, notes)
            }
        } catch {
            ending = classify(error)
        }
        let report = report(ending, notes, mended, seconds(since: start))
        for diagnostic in errors(of: ending) {
            session.reporter.report(.diagnostic(diagnostic, stage: stage.identity))
        }
        session.reporter.report(.stageFinished(report))
        var products = StageProducts(files: notes.provided.merging(notes.laidOut) { _, laidOut in laidOut })
        if case .unknown = ending { products.isPartial = true }
        return (report, products)
    }

    /// What had to be done for the stage's files to lie where they belong; nil where nothing belongs there.
    private func layOut(_ ending: Ending, _ notes: StageNotes.Contents) throws -> [Reason]? {
        var layout = Layout(stage: stage.identity, session: session)
        switch ending {
        case .done: return try layout.apply(notes.laidOut, isComplete: true)
        // What was made before it failed is there to look at.
        case .failed where !notes.laidOut.isEmpty: return try layout.apply(notes.laidOut, isComplete: false)
        case .failed, .unknown, .interrupted, .unavailable: return nil
        }
    }

    private func classify(_ error: any Error) -> Ending {
        switch error {
        case let error as StageUnavailable: return .unavailable(error.diagnostics)
        case is OutputUnknown: return .unknown
        case is CancellationError: return .interrupted
        case let error as StepFailure: return .failed(error.diagnostics)
        case let error as DiagnosticError: return .failed(error.diagnostics)
        case let error as FileError: return .failed([error.diagnostic])
        case let error as StoreDamage:
            session.foundDamage = true
            return .failed([.error("the stored copy of \(error.digest.short) is damaged", help: "run again")])
        default: return .failed([.error("\(error)")])
        }
    }

    private func write(_ ending: Ending, _ notes: StageNotes.Contents) throws {
        guard !session.options.dryRun else { return }
        let state: StateLog.StageState
        switch ending {
        case .done: state = .init(ending: .done, why: "")
        case .failed(let diagnostics): state = .init(ending: .failed, why: diagnostics.first?.message ?? "")
        case .unavailable(let diagnostics): state = .init(ending: .unavailable, why: diagnostics.first?.message ?? "")
        case .unknown, .interrupted: return
        }
        try session.log.set(stage: stage.identity, state, labels: notes.reports.map(\.label).sorted())
    }

    private func report(
        _ ending: Ending, _ notes: StageNotes.Contents, _ mended: [Reason]?, _ seconds: Double
    ) -> StageReport {
        var counts = ActionCounts()
        for step in notes.reports {
            switch step.outcome {
            case .current: counts.current += 1
            case .cached: counts.cached += 1
            case .built, .wouldRun, .mayRun: counts.run += 1
            }
        }
        let (outcome, reason, label) = outcome(ending, notes, mended ?? [])
        var why = reason.map(\.text) ?? ""
        if let label, !why.isEmpty { why = "\(label): \(why)" }
        switch ending {
        case .failed, .unavailable: why = errors(of: ending).first?.message ?? why
        case .interrupted: why = "interrupted"
        case .unknown: why = why.isEmpty ? "depends on what is made first" : why
        case .done: break
        }
        return StageReport(
            stage: stage.identity, outcome: outcome, why: why, reason: reason, seconds: seconds, actions: counts,
            steps: notes.reports, diagnostics: notes.diagnostics + errors(of: ending), remarks: notes.remarks,
            isLaidOut: isLaidOut(notes, mended))
    }

    private func isLaidOut(_ notes: StageNotes.Contents, _ mended: [Reason]?) -> Bool {
        guard let mended else { return false }
        return !session.options.dryRun || mended.isEmpty && notes.laidOut.values.allSatisfy(\.isKnown)
    }

    /// What ended the stage.
    private func errors(of ending: Ending) -> [Diagnostic] {
        switch ending {
        case .failed(let found), .unavailable(let found): found
        case .done, .unknown, .interrupted: []
        }
    }

    private func outcome(
        _ ending: Ending, _ notes: StageNotes.Contents, _ mended: [Reason]
    ) -> (StageOutcome, Reason?, String?) {
        func first(_ outcome: StepOutcome) -> StepReport? { notes.reports.first { $0.outcome == outcome } }
        switch ending {
        case .failed: return (.failed, nil, nil)
        case .unavailable: return (.unavailable, nil, nil)
        case .interrupted: return (.blocked, nil, nil)
        case .done, .unknown: break
        }
        if let step = first(.built) { return (.built, step.reason, step.label) }
        if let step = first(.wouldRun) { return (.wouldRun, step.reason, step.label) }
        if let step = first(.mayRun) { return (.mayRun, step.reason, step.label) }
        if case .unknown = ending { return (.mayRun, nil, nil) }
        if let step = first(.cached) { return (.cached, step.reason, step.label) }
        if let reason = mended.first { return (.cached, reason, nil) }
        return (.current, nil, nil)
    }
}
