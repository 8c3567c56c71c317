import ArgumentParser
import Basics
import BuildEngine
import Release
import Releasing
import ToolRunner

/// `hlsbuild verify`.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a release: every byte of it, and with --rebuild that it can be built again.",
        discussion: """
            Every digest is checked, and that the archive is exactly as hlsbuild writes one: no byte can be changed \
            unnoticed. No project is needed.

            With --rebuild, the project in the archive is built again in a temporary folder by this hlsbuild, and every \
            file of the archive is held against what was built. The archive has no say in what is compared: each file \
            that the project does not give, each that it gives and that is not there, and whatever the manifest states \
            otherwise is a difference. What differs by its nature is named in a note: the version of hlsbuild that made \
            the release, its tools, settings and templates, and why a stage is not in it. Building runs C++ of the \
            archive: do it with releases of people you trust.

            Exit status: 0 the release is sound (and was built again byte for byte); 1 it is not; 4 a part of it could \
            not be built again, because a tool is not here, and all else is the same.
            """)

    @Argument(help: "The release.", completion: .file(extensions: ["tar"]))
    var release: String

    @Flag(name: .long, help: "Build it again from the archive alone and compare.")
    var rebuild = false

    @Flag(
        name: .customLong("allow-missing-tools"),
        help: "Take it for sound where only stages whose tools are not here could not be compared.")
    var allowsMissingTools = false

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Run at most so many commands at once (default: one per processor).", valueName: "number"))
    var jobs: Int?

    @OptionGroup var options: GlobalOptions

    mutating func validate() throws {
        if allowsMissingTools, !rebuild { throw ValidationError("--allow-missing-tools goes with --rebuild") }
    }

    mutating func run() async throws {
        try Opened.check(jobs: jobs)
        try Opened.enter(options)
        let archive: ReleaseArchive, manifest: Manifest, digest: String
        do {
            let bytes = try Files.read(release, within: .release)
            digest = Digest(of: bytes).hex
            archive = try ReleaseArchive(verifying: bytes)
            manifest = try Manifest(archive)
            let contradictions = manifest.contradictions(in: archive)
            if !contradictions.isEmpty { throw DiagnosticError(contradictions) }
        } catch let error as DiagnosticError {
            error.diagnostics.forEach(Terminal.tell)
            report(ok: false, nil, error.diagnostics, nil)
            throw ExitStatus.failed
        }
        if !options.quiet, !options.json {
            say("\(release): \(archive.files.count + 1) files of \(manifest.project), all as stated")
            say("\(digest)  \(release)")
        }
        guard rebuild else { return report(ok: true, digest, [], nil) }
        try await buildAgain(archive, manifest, digest)
    }

    private func buildAgain(_ archive: ReleaseArchive, _ manifest: Manifest, _ digest: String) async throws {
        let runner: any ActionRunner = LocalRunner()
        let rebuild = Rebuild(
            archive, manifest, hlsbuild: HLSBuild.version, runner: runner,
            reporter: RebuildDisplay(display: PlainDisplay(options.silenced, style: Style(color: false)) { $0 }),
            jobs: jobs ?? Opened.processors)
        let outcome: Rebuild.Outcome
        do {
            outcome = try await Interruption.run(ending: runner) { try await rebuild.run() }
        } catch let error as DiagnosticError {
            error.diagnostics.forEach(Terminal.tell)
            report(ok: false, digest, error.diagnostics, nil)
            throw ExitStatus.failed
        }
        if outcome.interrupted { throw ExitStatus.interrupted }
        for note in outcome.notes { Terminal.tell(note) }
        for stage in outcome.unchecked { Terminal.tell(Self.warning(stage)) }
        for difference in outcome.differences { Terminal.tell(difference) }
        let status = status(outcome)
        report(ok: status == .done, digest, outcome.differences, outcome)
        if !options.quiet, !options.json {
            say("built again: \(outcome.equal) files are the same, \(outcome.differences.count) differences")
            if !outcome.unchecked.isEmpty {
                let stages = outcome.unchecked.map(\.stage).joined(separator: ", ")
                say("not built again, for want of their tools: \(stages)")
            }
        }
        if status != .done { throw status }
    }

    private func status(_ outcome: Rebuild.Outcome) -> ExitStatus {
        if !outcome.differences.isEmpty { return .failed }
        return outcome.unchecked.isEmpty || allowsMissingTools ? .done : .unchecked
    }

    private static func warning(_ stage: Rebuild.Unchecked) -> Diagnostic {
        .warning(
            "stage \(stage.stage) was not built again, and its \(stage.files.count) files not compared: \(stage.why)",
            help: "--allow-missing-tools takes the release for sound all the same")
    }

    private func report(ok: Bool, _ digest: String?, _ faults: [Diagnostic], _ outcome: Rebuild.Outcome?) {
        guard options.json else { return }
        say(
            JSONValue.object([
                "event": .string("verify"), "ok": .bool(ok), "file": .string(release),
                "sha256": digest.map(JSONValue.string) ?? .null,
                "faults": .array(faults.map { .string($0.message) }),
                "notes": .array(outcome?.notes.map { .string($0.message) } ?? []),
                "equal": outcome.map { .int($0.equal) } ?? .null,
                "skipped": .array(outcome?.unchecked.map { .string($0.stage) } ?? []),
                "unchecked": .array(outcome?.unchecked.flatMap(\.files).map(JSONValue.string) ?? []),
            ]))
    }
}

/// What is told while a release is built again: a stage whose tool is not here is no error then, but told at the end.
private struct RebuildDisplay: Reporter {
    let display: PlainDisplay

    func report(_ event: BuildEvent) {
        switch event {
        // It comes again with the end of the stage, which tells what it was.
        case .diagnostic(let diagnostic, _?) where diagnostic.severity == .error: return
        case .stageFinished(let stage) where [.unavailable, .blocked].contains(stage.outcome): return
        default: display.report(event)
        }
    }
}
