import ArgumentParser
import Basics
import BuildEngine
import Release
import Releasing
import Stages
import ToolRunner

/// `hlsbuild release`.
struct MakeRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Put whatever is built into one archive that can be checked and built again.",
        discussion: """
            The archive holds the project file, the model and the data, the templates, what every stage that is up to \
            date made, the firmware as a C library with test vectors, tools and their digests, a provenance statement \
            (in-toto, SLSA) and the digest of everything. Nothing is built for it: stages that are missing or stale \
            are named in manifest.json with the reason.

            The same inputs give the same bytes on any machine, in any folder, at any time. The archive is a plain tar \
            file: 'sha256sum -c SHA256SUMS' checks it, 'hlsbuild verify' checks more.
            """)

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The file to write (default: PROJECT.tar in the current folder).", valueName: "file"))
    var output: String?

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        let opened = try Opened(options)
        let target = output ?? opened.workspace.name + ".tar"
        let place = try OutputPlace(target, sparing: opened.workspace.keptFiles())
        let reporter = PlainDisplay(options.silenced, style: Style(color: false)) { opened.located($0) }
        let releaser = Releaser(
            opened.workspace, file: options.file, overrides: options.overrides, runner: opened.runner,
            reporter: reporter, stated: .init(hlsbuild: HLSBuild.version))
        let made: (archive: ReleaseArchive, manifest: Manifest)?
        do {
            made = try await Interruption.run(ending: opened.runner) { try await releaser.make() }
        } catch let error as DiagnosticError {
            Terminal.writeError(error.description)
            throw ExitStatus.failed
        }
        guard let made else { throw ExitStatus.failed }
        let bytes = try made.archive.encoded()
        try place.write(bytes)
        show(made.manifest, made.archive, bytes, target)
    }

    private func show(_ manifest: Manifest, _ archive: ReleaseArchive, _ bytes: [UInt8], _ target: String) {
        let digest = Digest(of: bytes).hex
        if options.json {
            let stages = manifest.stages.map { stage -> JSONValue in
                .object([
                    "name": .string(stage.name), "present": .bool(stage.present),
                    "why": stage.why.map(JSONValue.string) ?? .null,
                ])
            }
            say(
                JSONValue.object([
                    "event": .string("release"), "file": .string(target), "sha256": .string(digest),
                    "bytes": .int(bytes.count), "files": .int(archive.files.count + 1), "stages": .array(stages),
                    "left_out": .array(
                        manifest.leftOut.map { .object(["path": .string($0.path), "why": .string($0.why)]) }),
                ]))
            return
        }
        guard !options.quiet else { return }
        for stage in manifest.stages {
            say(StageTable.pad(stage.name, 10) + (stage.present ? "present" : "missing: " + (stage.why ?? "")))
        }
        for item in manifest.leftOut where options.verbose { say("left out  \(item.path): \(item.why)") }
        say("\(digest)  \(target)  (\(archive.files.count + 1) files, \(bytes.count) bytes)")
    }
}

/// `hlsbuild verify`.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a release: every byte of it, and with --rebuild that it can be built again.",
        discussion: """
            Every digest is checked, and that the archive is exactly as hlsbuild writes one: no byte can be changed \
            unnoticed. No project is needed.

            With --rebuild, the project is built again from the archive alone in a temporary folder by this hlsbuild, \
            as far as the tools are here, and every difference is listed. Other tools or another hlsbuild that give \
            the same files are a note, not a difference. Building runs C++ of the archive: do it with releases of \
            people you trust.

            Exit status: 0 the release is sound (and was built again byte for byte); 1 it is not.
            """)

    @Argument(help: "The release.", completion: .file(extensions: ["tar"]))
    var release: String

    @Flag(name: .long, help: "Build it again from the archive alone and compare.")
    var rebuild = false

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Run at most so many commands at once (default: one per processor).", valueName: "number"))
    var jobs: Int?

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        try Opened.check(jobs: jobs)
        try Opened.enter(options)
        let archive: ReleaseArchive, manifest: Manifest, digest: String
        do {
            let bytes = try Files.read(release)
            digest = Digest(of: bytes).hex
            archive = try ReleaseArchive(verifying: bytes)
            manifest = try Manifest(archive)
        } catch let error as DiagnosticError {
            Terminal.writeError(error.description)
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
            Terminal.writeError(error.description)
            report(ok: false, digest, error.diagnostics, nil)
            throw ExitStatus.failed
        }
        if outcome.interrupted { throw ExitStatus.interrupted }
        for note in outcome.notes { Terminal.writeError(note.rendered) }
        for difference in outcome.differences { Terminal.writeError(difference.rendered) }
        let ok = outcome.differences.isEmpty
        report(ok: ok, digest, outcome.differences, outcome)
        if !options.quiet, !options.json {
            say("built again: \(outcome.equal) files are the same, \(outcome.differences.count) differences")
            if !outcome.skipped.isEmpty {
                say("not built again, for want of their tools: \(outcome.skipped.joined(separator: ", "))")
            }
        }
        if !ok { throw ExitStatus.failed }
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
                "skipped": .array(outcome?.skipped.map(JSONValue.string) ?? []),
            ]))
    }
}

/// What is told while a release is built again: a stage whose tool is not here is no error then, but a note at the end.
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
