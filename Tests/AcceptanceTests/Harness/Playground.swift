import Basics
import Glibc
import Testing

/// A copy of Projects/jet-tagger to build, change and damage.
final class Playground {
    /// Everything of this playground: the project, what lies beside it, logs.
    let base: String
    private(set) var folder: String
    /// Variables of the environment besides those that every run has.
    var environment: [String: String] = [:]
    /// Arguments of every run, for example settings.
    var arguments: [String] = []

    /// - Parameter built: whether the project starts out built, with its store, or as it lies in the repository.
    init(built: Bool = false, environment: [String: String] = [:]) throws {
        base = try Temporary.folder("playground")
        folder = base + "/project"
        self.environment = environment
        try Program.run("/bin/cp", "-a", built ? try Baseline.folder.get() : Repository.project, folder)
        if !built { try remove("build", ".hlsbuild") }
    }

    init(copying sources: Playground) throws {
        base = try Temporary.folder("clean")
        folder = base + "/a/quite/different/place"
        environment = sources.environment
        arguments = sources.arguments
        try Files.makeDirectories(base + "/a/quite/different")
        try Program.run("/bin/cp", "-a", sources.folder, folder)
        try remove("build", ".hlsbuild")
    }

    deinit { Temporary.remove(base) }

    // MARK: Building

    /// Starts `hlsbuild` with `--json` in the project.
    func start(_ words: [String], json: Bool = true) throws -> Program {
        var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": base, "TMPDIR": base]
        variables.merge(environment) { _, own in own }
        let options = ["-C", folder] + (json ? ["--json"] : []) + arguments
        return try Program(try Repository.binary.get(), words + options, environment: variables, logs: base)
    }

    /// Builds up to `csim`, or what is said.
    func build(_ words: String...) throws -> Outcome {
        Outcome(try start(words.isEmpty ? ["csim"] : words).wait())
    }

    /// Runs any command without `--json`.
    func run(_ words: String...) throws -> Ended { try start(words, json: false).wait() }

    /// What a build says that has nothing to do. Files that were written a moment ago are looked at once more before
    /// their time stamps are trusted, so the short answer may take a few builds to come.
    func quiet() throws -> String {
        var output = ""
        for _ in 0..<5 where !output.hasPrefix("nothing to do") { output = try run("csim").output }
        return output
    }

    /// What was laid out.
    func result() throws -> Tree { try Tree(path("build")) }

    /// Builds and checks that the result is what a clean build in another folder gives.
    @discardableResult
    func buildRight(_ words: String..., at place: Testing.SourceLocation = #_sourceLocation) throws -> Outcome {
        let outcome = Outcome(try start(["csim"] + words).wait())
        #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: place)
        try expectRight(at: place)
        return outcome
    }

    func expectRight(besides aside: Set<String> = [], at place: Testing.SourceLocation = #_sourceLocation) throws {
        let differences = try result().differences(from: Baseline.clean(self)).filter { !aside.contains($0) }
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
            throw Program.Failure(description: "no `\(old)` in \(name)")
        }
        try overwrite(Array((text[..<range.lowerBound] + new + text[range.upperBound...]).utf8), name)
    }

    func append(_ text: String, to name: String) throws {
        try write(try bytes(name) + Array(text.utf8), to: name)
    }

    func remove(_ names: String...) throws {
        for name in names { Temporary.remove(path(name)) }
    }

    /// Sets both times of a file, in seconds since 1970.
    func setTime(_ seconds: Int, of name: String) {
        let time = timespec(tv_sec: seconds, tv_nsec: 0)
        utimensat(AT_FDCWD, path(name), [time, time], 0)
    }

    func moveProject(to name: String) throws {
        let target = base + "/" + name
        guard rename(folder, target) == 0 else { throw Program.Failure(description: "cannot move the project") }
        folder = target
    }
}
