public import Basics
internal import Synchronization

/// What a stage's body works with: the steps it requests, the files it takes and those it gives.
public struct StageContext: Sendable {
    /// Which stage it is.
    public let stage: StageIdentity
    let session: Session
    let upstream: [StageIdentity: StageProducts]
    let products = StageNotes()

    /// The outside world; whatever a stage looks at, it must look at through this.
    public var world: World { session.world }

    /// Whether nothing on disk may change and commands are not run.
    public var isDryRun: Bool { session.options.dryRun }

    /// The result of a pure step: from the store if its key is known, else it is performed.
    ///
    /// - Parameter label: Tells the stage's steps apart, from build to build: derived from names, never from an index.
    /// - Throws: What the step throws, `CancellationError`, `FileError`.
    public func run<S: PureStep>(
        _ step: S.Type, _ label: String, settings: S.Settings, inputs: [StepInput] = []
    ) async throws -> StepResult {
        try await note(label) {
            try await session.run(step, stage: stage, label: label, settings: settings, inputs: inputs)
        }
    }

    /// The result of a long step: from the store if its key is known, else it is performed.
    ///
    /// In a dry run, a step that would have to run gives outputs of unknown content.
    public func run<S: LongStep>(
        _ step: S.Type, _ label: String, settings: S.Settings, inputs: [StepInput] = []
    ) async throws -> StepResult {
        try await note(label) {
            try await session.run(step, stage: stage, label: label, settings: settings, inputs: inputs)
        }
    }

    /// The result of a command: from the store if its key is known, else it is run in a folder of its own.
    ///
    /// In a dry run, a command that would have to run gives outputs of unknown content.
    public func run<S: CommandStep>(
        _ step: S.Type, _ label: String, settings: S.Settings, inputs: [StepInput] = []
    ) async throws -> StepResult {
        try await note(label) {
            try await session.run(step, stage: stage, label: label, settings: settings, inputs: inputs)
        }
    }

    /// A file of the user, relative to the project's folder or absolute.
    ///
    /// - Parameter limit: what is taken of a file of its kind; a larger one is refused by its size, unread.
    public func source(_ path: String, within limit: InputLimit? = nil) throws -> Artifact {
        try world.source(path, within: limit)
    }

    /// Everything that a stage this one needs laid out or provided.
    public func outputs(of stage: StageIdentity) throws -> [String: Artifact] {
        let products = try upstreamProducts(stage)
        if products.isPartial {
            throw OutputUnknown(artifact: unknown(stage, "*"))
        }
        return products.files
    }

    /// One file that a stage this one needs laid out or provided.
    public func output(_ path: String, of stage: StageIdentity) throws -> Artifact {
        let products = try upstreamProducts(stage)
        if let artifact = products.files[path] { return artifact }
        if products.isPartial { return unknown(stage, path) }
        throw DiagnosticError(
            .error(
                "stage \(stage) has no file '\(path)'",
                help: "it has: \(products.files.keys.sorted().prefix(12).joined(separator: ", "))"))
    }

    /// Whether a file that a finished stage this one needs offers also lies below `build/STAGE/`.
    public func isLaidOut(_ path: String, of stage: StageIdentity) -> Bool {
        session.disk.linkStatus(session.paths.outputs(of: stage) + "/" + path)?.kind == .file
    }

    /// An artifact's bytes, for a stage that decides by them which steps to request.
    public func bytes(of artifact: Artifact) throws -> [UInt8] { try session.blobs.read(artifact) }

    /// Declares files that appear below `build/STAGE/` when the stage is done, and that stages which need this one can
    /// ask for. Files that an earlier build laid out there and this one does not are removed.
    public func layOut(_ files: [String: Artifact]) {
        products.add(files, visible: true)
    }

    /// Declares files that stages which need this one can ask for, without laying them out.
    public func provide(_ files: [String: Artifact]) {
        products.add(files, visible: false)
    }

    /// Tells the user something about this stage. For what follows from a step's inputs, let the step say it: that is
    /// kept with its result.
    public func report(_ diagnostic: Diagnostic) {
        products.add([diagnostic])
        session.reporter.report(.diagnostic(diagnostic, stage: stage))
    }

    /// Tells the user what the stage found out: a line that stands below the stage's own.
    public func remark(_ text: String) { products.remark(text) }

    private func note(
        _ label: String, _ body: () async throws -> (result: StepResult, report: StepReport)
    ) async throws -> StepResult {
        try products.take(label)
        let (result, report) = try await body()
        products.add(report)
        products.add(result.diagnostics)
        return result
    }

    private func upstreamProducts(_ name: StageIdentity) throws -> StageProducts {
        guard let products = upstream[name] else {
            throw DiagnosticError(.error("stage \(stage) asks for files of \(name), which it does not declare to need"))
        }
        return products
    }

    private func unknown(_ stage: StageIdentity, _ path: String) -> Artifact {
        Artifact(digest: nil, size: 0, origin: .step(stage: stage, label: "", path: path))
    }
}

/// What a finished stage offers to those that need it.
struct StageProducts: Sendable {
    var files: [String: Artifact] = [:]
    /// Dry run: the stage could not be followed to its end, there may be more files.
    var isPartial = false
}

/// What a running stage has declared and done so far.
final class StageNotes: Sendable {
    struct Contents {
        var laidOut: [String: Artifact] = [:]
        var provided: [String: Artifact] = [:]
        var reports: [StepReport] = []
        var labels: Set<String> = []
        var diagnostics: [Diagnostic] = []
        var remarks: [String] = []
    }

    private let notes = Mutex(Contents())

    var contents: Contents { notes.withLock { $0 } }

    func add(_ files: [String: Artifact], visible: Bool) {
        notes.withLock { notes in
            if visible {
                notes.laidOut.merge(files) { _, new in new }
            } else {
                notes.provided.merge(files) { _, new in new }
            }
        }
    }

    func add(_ diagnostics: [Diagnostic]) { notes.withLock { $0.diagnostics += diagnostics } }

    func remark(_ text: String) { notes.withLock { $0.remarks.append(text) } }

    func add(_ report: StepReport) { notes.withLock { $0.reports.append(report) } }

    /// Reserves a label: two steps of one name could not be told apart in the next build.
    func take(_ label: String) throws {
        guard notes.withLock({ $0.labels.insert(label).inserted }) else {
            throw DiagnosticError(.error("the stage requests two steps called '\(label)'"))
        }
    }
}
