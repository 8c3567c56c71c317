import Basics
import Glibc
import Testing
import TestSupport

/// A copy of Projects/jet-tagger to build, change and damage.
final class Playground {
    /// Everything of this playground: the project and what lies beside it.
    let scratch: Scratch
    var base: String { scratch.path }
    private(set) var folder: String
    /// Variables of the environment besides those that every run has.
    var environment: [String: String] = [:]
    /// Arguments of every run, for example settings.
    var arguments: [String] = []

    /// - Parameter built: whether the project starts out built, with its store, or as it lies in the repository.
    init(built: Bool = false, environment: [String: String] = [:]) async throws {
        scratch = try Scratch()
        folder = scratch.path + "/project"
        self.environment = environment
        let source = built ? try await Baseline.folder.value.path + "/project" : Repository.tagger
        try await Command("/bin/cp", ["-a", source, folder]).works()
        if !built { try remove("build", ".hlsbuild") }
    }

    init(copying sources: Playground) async throws {
        scratch = try Scratch()
        folder = scratch.path + "/a/quite/different/place"
        environment = sources.environment
        arguments = sources.arguments
        try scratch.makeDirectories("a/quite/different")
        try await Command("/bin/cp", ["-a", sources.folder, folder]).works()
        try remove("build", ".hlsbuild")
    }

    // MARK: Building

    /// `hlsbuild` with `--json` in the project.
    func command(_ words: [String], json: Bool = true) throws -> Command {
        var variables = ["PATH": try CompilerCache.searchPath, "HOME": base, "TMPDIR": base]
        variables.merge(environment) { _, own in own }
        let options = ["-C", folder] + (json ? ["--json"] : []) + arguments
        return Command(try Repository.hlsbuild, words + options, environment: variables)
    }

    /// Starts `hlsbuild` with `--json`.
    func start(_ words: [String]) async throws -> RunningProgram { try await command(words).start() }

    /// Builds up to `csim`, or what is said.
    func build(_ words: String...) async throws -> Outcome {
        Outcome(try await command(words.isEmpty ? ["csim"] : words).run())
    }

    /// Runs any command without `--json`.
    func run(_ words: String...) async throws -> Ended { try await command(words, json: false).run() }

    /// What a build says that has nothing to do. Files that were written a moment ago are looked at once more before
    /// their time stamps are trusted, so the short answer may take a few builds to come.
    func quiet() async throws -> String {
        var output = ""
        for _ in 0..<5 where !output.hasPrefix("nothing to do") { output = try await run("csim").output }
        return output
    }

    /// What was laid out.
    func result() throws -> Tree { try Tree(path("build")) }

    /// Builds and checks that the result is what a clean build in another folder gives.
    @discardableResult
    func buildRight(_ words: String..., at place: Testing.SourceLocation = #_sourceLocation) async throws -> Outcome {
        let outcome = Outcome(try await command(["csim"] + words).run())
        #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: place)
        try await expectRight(at: place)
        return outcome
    }

    func expectRight(besides aside: Set<String> = [], at place: Testing.SourceLocation = #_sourceLocation) async throws
    {
        let differences = try await result().differences(from: Baseline.clean(self)).filter { !aside.contains($0) }
        #expect(differences == [], "not as a clean build", sourceLocation: place)
    }

    // MARK: Files

    func path(_ name: String) -> String { name.hasPrefix("/") ? name : folder + "/" + name }

    func bytes(_ name: String) throws -> [UInt8] { try Files.read(path(name)) }

    func write(_ bytes: [UInt8], to name: String) throws { try overwrite(bytes, name) }

    func write(_ text: String, to name: String) throws { try overwrite(Array(text.utf8), name) }

    /// Replaces the first occurrence of a text, or the last; it must be there.
    func replace(_ old: String, _ new: String, in name: String = "hlsbuild.yml", last: Bool = false) throws {
        let text = try Files.text(path(name))
        guard let range = last ? text.ranges(of: old).last : text.firstRange(of: old) else {
            throw TestFailure("no `\(old)` in \(name)")
        }
        try overwrite(Array((text[..<range.lowerBound] + new + text[range.upperBound...]).utf8), name)
    }

    func append(_ text: String, to name: String) throws {
        try write(try bytes(name) + Array(text.utf8), to: name)
    }

    func remove(_ names: String...) throws {
        for name in names { FileTree.remove(path(name)) }
    }

    /// Sets both times of a file, in seconds since 1970.
    func setTime(_ seconds: Int, of name: String) {
        let time = timespec(tv_sec: seconds, tv_nsec: 0)
        utimensat(AT_FDCWD, path(name), [time, time], 0)
    }

    func moveProject(to name: String) throws {
        let target = base + "/" + name
        guard rename(folder, target) == 0 else { throw TestFailure("cannot move the project") }
        folder = target
    }
}
