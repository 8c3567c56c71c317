public import Basics
internal import Synchronization

/// A step that failed; nothing of it is kept but its log.
public struct StepFailure: Error, Sendable {
    public let stage: StageIdentity
    public let label: String
    public let diagnostics: [Diagnostic]
    /// Whether another run may well succeed: licence, memory, time.
    public let isTransient: Bool
}

/// One build at work: finds out for every requested step whether its result is known, and runs it if not.
public final class Session: Sendable {
    /// The keys of all actions begin with this; raised when the meaning of a key or record changes.
    static let schema = 1

    private struct Work {
        var inFlight: [Digest: Task<ActionRecord, any Error>] = [:]
        /// What was forced and has been run in this build.
        var forced: Set<Digest> = []
        var damaged = false
    }

    public let world: World
    let options: BuildOptions
    let paths: ProjectPaths
    let disk: Disk
    let store: ContentStore
    let blobs: Blobs
    let actions: ActionCache
    let log: StateLog
    let runner: any ActionRunner
    let reporter: any Reporter
    let slots = ClaimDesk()
    let claims = ClaimDesk()
    /// Which build of this program runs.
    let programIdentity: String
    private let shared: SharedResults?
    private let work = Mutex(Work())

    init(
        world: World, options: BuildOptions, disk: Disk, runner: any ActionRunner, reporter: any Reporter,
        shared: (any ResultCache)?
    ) throws {
        self.world = world
        self.options = options
        self.disk = disk
        self.runner = runner
        self.reporter = reporter
        paths = world.paths
        programIdentity = try Self.identifyProgram(world)
        let warn: @Sendable (Diagnostic) -> Void = { reporter.report(.diagnostic($0, stage: nil)) }
        store = ContentStore(
            paths: paths, disk: disk, digests: world.digests, inMemory: options.dryRun, warn: warn)
        blobs = Blobs(paths: paths, disk: disk, store: store)
        actions = ActionCache(paths: paths, disk: disk, inMemory: options.dryRun)
        log = try StateLog(paths: paths, disk: disk, writable: !options.dryRun)
        self.shared = shared.map { SharedResults(cache: $0, warn: warn) }
    }

    /// Whether something in the store turned out damaged while it was used; the build must go over everything again.
    var foundDamage: Bool {
        get { work.withLock { $0.damaged } }
        set { work.withLock { $0.damaged = newValue } }
    }

    /// The linker's build id of this program, else the digest of its file.
    private static func identifyProgram(_ world: World) throws -> String {
        if let id = ProgramIdentity.buildID(of: QuietCheck.executable) { return "build \(id.prefix(16))" }
        return try world.program(QuietCheck.executable).digest?.hex ?? ""
    }

    /// What a step costs.
    enum Cost: Hashable, Sendable {
        /// So little that a dry run performs it to see further.
        case quick
        /// So much that a dry run only says that it would run, and that its result is on the disk before it counts.
        case long
    }

    /// A request for one step's result.
    struct Request: Sendable {
        let place: StateLog.Place
        let key: ActionKey
        let inputs: [StepInput]
        let cost: Cost
        /// What a dry run can say of the outputs without running the step.
        let declared: [String]

        var unknownInput: String? { inputs.first { !$0.artifact.isKnown }?.name }
    }

    /// Gives the result of the request: what is known already or what `execute` makes. It runs under the clock that it
    /// is given as soon as it has all that it waits for.
    func resolve(
        _ request: Request, execute: @escaping @Sendable (StepClock) async throws -> ActionRecord
    ) async throws -> (result: StepResult, report: StepReport) {
        let start = ContinuousClock.now
        if let name = request.unknownInput { return unknown(request, .mayRun, [.inputUnknown(name: name)]) }
        let isForced =
            options.force.includes(request.place.stage)
            && work.withLock { $0.forced.insert(request.key.digest).inserted }
        if !isForced {
            if let running = work.withLock({ $0.inFlight[request.key.digest] }) { _ = try await running.value }
            if let record = await lookUp(request.key) { return try known(request, record, start) }
        }
        try Task.checkCancellation()
        let reasons = isForced ? [.forced] : reasons(for: request)
        if options.dryRun, request.cost == .long { return unknown(request, .wouldRun, reasons) }
        let why = reasons.first ?? .neverBuilt
        let clock = StepClock { [reporter] in
            reporter.report(.stepStarted(stage: request.place.stage, label: request.place.label, reason: why))
        }
        reporter.report(.stepQueued(stage: request.place.stage, label: request.place.label))
        do {
            let record = try await runOnce(request.key.digest, isForced: isForced) { try await execute(clock) }
            try note(request, why)
            await shared?.put(record, request.key, store: store, dryRun: options.dryRun)
            let outcome: StepOutcome = options.dryRun ? .wouldRun : .built
            return finish(request, record, outcome, reasons, clock.seconds)
        } catch {
            let report = StepReport(
                stage: request.place.stage, label: request.place.label, outcome: .built, reasons: reasons,
                seconds: clock.seconds, succeeded: false)
            reporter.report(.stepFinished(report))
            try? noteFailure(request, error)
            throw error
        }
    }

    /// The record under the key, if all that it refers to is in the store and sound.
    private func lookUp(_ key: ActionKey) async -> ActionRecord? {
        if let record = actions.record(for: key.digest), isComplete(record) { return record }
        guard let record = await shared?.fetch(key, into: store) else { return nil }
        try? actions.put(record, sync: false)
        return record
    }

    /// Whether all outputs of a record are in the store and sound.
    private func isComplete(_ record: ActionRecord) -> Bool {
        record.outputs.allSatisfy { store.contains($0.digest) }
    }

    /// Runs the action unless it is running already, or was run since it was looked up.
    private func runOnce(
        _ key: Digest, isForced: Bool, _ execute: @escaping @Sendable () async throws -> ActionRecord
    ) async throws -> ActionRecord {
        let task = work.withLock { work in
            if let task = work.inFlight[key] { return task }
            let task = Task {
                if !isForced, let record = actions.record(for: key), isComplete(record) { return record }
                return try await execute()
            }
            work.inFlight[key] = task
            return task
        }
        defer { work.withLock { $0.inFlight[key] = nil } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func known(
        _ request: Request, _ record: ActionRecord, _ start: ContinuousClock.Instant
    ) throws -> (result: StepResult, report: StepReport) {
        let isCurrent = log.step(request.place)?.key == request.key.digest
        let reasons = isCurrent ? [] : reasons(for: request)
        if !isCurrent { try note(request, reasons.first ?? .neverBuilt) }
        return finish(request, record, isCurrent ? .current : .cached, reasons, seconds(since: start))
    }

    /// Writes down that the step's last action is this one.
    private func note(_ request: Request, _ why: Reason) throws {
        guard options.laysOut else { return }
        let before = log.step(request.place)
        let previous = before?.key == request.key.digest ? before?.previous : before?.key
        let state = StateLog.StepState(key: request.key.digest, previous: previous, why: why.text)
        if before != state { try log.set(request.place, state, sync: request.cost == .long) }
    }

    /// Writes down that this action failed, for a step that a dry run will not try. What was interrupted has not.
    private func noteFailure(_ request: Request, _ error: any Error) throws {
        let why: String
        switch error {
        case let error as StepFailure: why = error.diagnostics.first?.message ?? ""
        case let error as DiagnosticError: why = error.diagnostics.first?.message ?? ""
        default: return
        }
        guard !options.dryRun, request.cost == .long else { return }
        try log.set(request.place, .init(key: request.key.digest, why: why))
    }

    /// Why the step's action is not that of the last build.
    private func reasons(for request: Request) -> [Reason] {
        guard let before = log.step(request.place) else { return [.neverBuilt] }
        guard let record = actions.record(for: before.key) else { return [.recordLost] }
        if before.key == request.key.digest {
            let damaged = record.outputs.first { !store.contains($0.digest) }
            return [damaged.map { .storeDamaged(path: $0.path) } ?? .recordLost]
        }
        return Reason.differences(from: record.components, to: request.key.components)
    }

    private func unknown(
        _ request: Request, _ outcome: StepOutcome, _ reasons: [Reason]
    ) -> (result: StepResult, report: StepReport) {
        let place = request.place
        let outputs = request.declared.map { path in
            let origin = Artifact.Origin.step(stage: place.stage, label: place.label, path: path)
            return (path, Artifact(digest: nil, size: 0, origin: origin))
        }
        let result = StepResult(
            stage: place.stage, label: place.label,
            outputs: Dictionary(outputs, uniquingKeysWith: { first, _ in first }), outcome: outcome,
            reason: reasons.first, diagnostics: [], seconds: 0, isUnknown: true)
        let report = StepReport(
            stage: place.stage, label: place.label, outcome: outcome, reasons: reasons, seconds: 0, succeeded: true,
            lastFailure: outcome == .wouldRun ? log.failure(place, of: request.key.digest)?.why : nil)
        reporter.report(.stepFinished(report))
        return (result, report)
    }

    private func finish(
        _ request: Request, _ record: ActionRecord, _ outcome: StepOutcome, _ reasons: [Reason], _ seconds: Double
    ) -> (result: StepResult, report: StepReport) {
        let place = request.place
        let outputs = record.outputs.map { output in
            let origin = Artifact.Origin.step(stage: place.stage, label: place.label, path: output.path)
            return (
                output.path,
                Artifact(digest: output.digest, size: output.size, isExecutable: output.executable, origin: origin)
            )
        }
        let result = StepResult(
            stage: place.stage, label: place.label,
            outputs: Dictionary(outputs, uniquingKeysWith: { first, _ in first }), outcome: outcome,
            reason: reasons.first, diagnostics: record.diagnostics, seconds: record.seconds, isUnknown: false)
        let report = StepReport(
            stage: place.stage, label: place.label, outcome: outcome, reasons: reasons, seconds: seconds,
            succeeded: true)
        for diagnostic in record.diagnostics { reporter.report(.diagnostic(diagnostic, stage: place.stage)) }
        reporter.report(.stepFinished(report))
        return (result, report)
    }
}

/// Seconds since `start`.
func seconds(since start: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
}
