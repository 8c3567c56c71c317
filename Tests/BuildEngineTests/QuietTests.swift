import Basics
import Glibc
import Testing

@testable import BuildEngine

@Suite struct QuietTests {
    let project: TestProject
    let runner = FakeRunner()
    let options = BuildOptions(request: "all")

    init() async throws {
        project = try TestProject()
        try project.write("source.txt", "one\ntwo\n")
        try project.write("other.txt", "not looked at")
        #expect(try await build().ok)
        #expect(!project.exists(".hlsbuild/quiet"))
        project.tick()
        #expect(try await build().isQuiet)
        project.tick()
        #expect(try await build().isQuiet)
    }

    /// A flow that also looks for an absent file, at a folder and at a variable.
    private func build() async throws -> BuildSummary {
        let nodes =
            try TestFlow().flow().stages + [
                StageNode("look") { context in
                    _ = context.world.exists("absent.txt")
                    _ = context.world.environment("PATH")
                    _ = context.world.environment("UNSET")
                    if context.world.exists("folder") { _ = try context.world.list("folder") }
                }
            ]
        return try await project.build(try Flow(nodes), runner, options)
    }

    private func holds(_ request: String = "all", path: String = "/bin", unset: String? = nil) -> BuildSummary? {
        QuietCheck.holds(request: request, in: project.folder) { name in name == "PATH" ? path : unset }
    }

    @Test func holdsWhenNothingChanged() throws {
        let summary = try #require(holds())
        #expect(summary.outcomes == ["parse", "write", "compile", "pack", "look"].map { $0 + " current" })
        #expect(summary.isQuiet)
        #expect(summary["parse"]?.actions == ActionCounts(current: 1))
        try project.write("other.txt", "changed, but nobody looks at it")
        #expect(holds() != nil)
    }

    @Test func warningsAreKept() async throws {
        try project.write("source.txt", "odd\n")
        for _ in 0..<3 {
            #expect(try await build().ok)
            project.tick()
        }
        let summary = try #require(holds())
        #expect(summary["parse"]?.diagnostics == [.warning("the source is odd")])
        #expect(summary["write"]?.diagnostics == [])
    }

    @Test func holdsForItsRequestAndEnvironmentOnly() {
        #expect(holds("other") == nil)
        #expect(holds(path: "/usr/bin") == nil)
        #expect(holds(unset: "now set") == nil)
    }

    @Test(arguments: [
        "source.txt", "build/parse/model", "build/write/parts/part1.txt", "build/write/run.sh",
        "build/compile/out.txt", "build/pack/pack.txt",
    ])
    func fileChanges(_ file: String) throws {
        let text = try #require(project.text(file))
        try project.overwrite(file, Array(text.utf8))
        #expect(holds() == nil, "rewritten with the same bytes")
        try project.remove(file)
        #expect(holds() == nil, "removed")
        try project.link(file, to: "/etc/hostname")
        #expect(holds() == nil, "replaced by a link")
    }

    @Test func permissionsAndAbsencesCount() throws {
        #expect(chmod(project.folder + "/build/write/run.sh", 0o600) == 0)
        #expect(holds() == nil)
    }

    @Test func fileThatAppears() throws {
        try project.write("absent.txt", "")
        #expect(holds() == nil)
    }

    @Test func folderThatAppears() throws {
        try project.write("folder/x", "")
        #expect(holds() == nil)
    }

    @Test func damagedRecordsProveNothing() throws {
        let bytes = try Files.read(project.paths.quiet)
        for position in bytes.indices {
            var changed = bytes
            changed[position] = changed[position] == 49 ? 50 : 49
            try project.overwrite(".hlsbuild/quiet", changed)
            #expect((holds() == nil) == (changed != bytes), "changed at \(position)")
            try project.overwrite(".hlsbuild/quiet", Array(bytes.prefix(position)))
            #expect(holds() == nil, "cut at \(position)")
        }
    }

    @Test func aBuildWithWorkTakesTheRecordAway() async throws {
        try project.write("source.txt", "three\n")
        #expect(try await build().ok)
        #expect(!project.exists(".hlsbuild/quiet"))
        #expect(holds() == nil)
    }

    @Test func failureTakesTheRecordAway() async throws {
        runner.set("compile") { _ in .exited(1) }
        try project.write("source.txt", "three\n")
        #expect(try await !build().ok)
        try project.write("source.txt", "one\ntwo\n")
        #expect(holds() == nil)
    }

    @Test func filesThatWereJustWrittenProveNothing() async throws {
        try project.write("source.txt", "one\ntwo\n")
        #expect(try await build().isQuiet)
        #expect(!project.exists(".hlsbuild/quiet"))
    }

    @Test func recordMovesWithTheProject() throws {
        let other = try TestProject()
        try other.remove("x")
        #expect(rename(project.folder, other.folder) == 0)
        #expect(
            QuietCheck.holds(request: "all", in: other.folder) { $0 == "PATH" ? "/bin" : nil } != nil)
    }

    @Test func dryRunsLeaveItAlone() async throws {
        var dry = options
        dry.dryRun = true
        _ = try await project.build(TestFlow(), runner, dry)
        #expect(holds() != nil)
    }
}
