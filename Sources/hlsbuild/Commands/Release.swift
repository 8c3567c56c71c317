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

            Examples:
              hlsbuild release -o tagger-1.0.tar
              hlsbuild verify tagger-1.0.tar --rebuild
            """)

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The file to write (default: PROJECT.tar in the current folder).", valueName: "file"),
        completion: .file(extensions: ["tar"]))
    var output: String?

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        let opened = try Opened(options)
        let target = output ?? opened.workspace.name + ".tar"
        let place = try OutputPlace(target, sparing: opened.workspace.keptFiles())
        let reporter = PlainDisplay(options.silenced, style: Style(color: false)) { opened.located($0) }
        let releaser = Releaser(
            opened.workspace, file: options.file, overrides: options.overrides, runner: opened.runner,
            reporter: reporter)
        let made: (archive: ReleaseArchive, manifest: Manifest)?
        do {
            made = try await Interruption.run(ending: opened.runner) {
                try await releaser.make(hlsbuild: HLSBuild.version)
            }
        } catch let error as DiagnosticError {
            error.diagnostics.forEach(Terminal.tell)
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
