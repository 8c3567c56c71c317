import Basics
import Glibc
import Testing

@testable import BuildEngine

@Suite struct CachingTests {
    let project: TestProject
    let runner = FakeRunner()
    let source = "# a comment\none\ntwo\n"

    init() async throws {
        project = try TestProject()
        try project.write("source.txt", source)
        let summary = try await project.build(runner: runner)
        #expect(summary.ok)
        runner.forget()
    }

    @Test func firstBuildMakesEverything() throws {
        #expect(try project.tree("build") == TestFlow().expected(source))
        let mode = Files.status(project.folder + "/build/write/run.sh")?.mode
        #expect(mode.map { $0 & 0o100 } == 0o100)
        #expect(project.text(".hlsbuild/logs/compile/compile.log") == "running compile\n")
        #expect(!project.exists(".hlsbuild/work/compile/compile"))
    }

    @Test func secondBuildDoesNothing() async throws {
        let before = try project.tree(".hlsbuild")
        let summary = try await project.build(runner: runner)
        #expect(summary.outcomes == ["parse current", "write current", "compile current", "pack current"])
        #expect(summary.stages.allSatisfy { $0.why.isEmpty && $0.actions == ActionCounts(current: 1) })
        #expect(runner.runs.isEmpty)
        let after = try project.tree(".hlsbuild")
        #expect(before.filter { $0.key.contains("/state") } == after.filter { $0.key.contains("/state") })
    }

    @Test func commentStopsAtTheFirstStage() async throws {
        try project.write("source.txt", "# another comment\none\ntwo\n")
        let summary = try await project.build(runner: runner)
        #expect(summary.outcomes == ["parse built", "write current", "compile current", "pack current"])
        #expect(summary["parse"]?.why.hasPrefix("strip: input source changed: ") == true)
        #expect(runner.runs.isEmpty)
    }

    @Test func touchingDoesNothing() async throws {
        try project.write("source.txt", source)
        let summary = try await project.build(runner: runner)
        #expect(summary.isQuiet)
    }

    @Test func settingRerunsOnlyWhatUsesIt() async throws {
        let flow = TestFlow(packFlag: 3)
        let summary = try await project.build(flow, runner: runner)
        #expect(summary.outcomes == ["parse current", "write current", "compile current", "pack built"])
        #expect(summary["pack"]?.why == "pack: flag: 2 -> 3")
        #expect(runner.runs == ["pack"])
        #expect(try project.tree("build") == flow.expected(source))
    }

    @Test func revertingComesFromTheStore() async throws {
        try project.write("source.txt", "other\n")
        #expect(try await project.build(runner: runner).ok)
        #expect(runner.runs == ["compile", "pack"])
        #expect(try project.tree("build") == TestFlow().expected("other\n"))
        runner.forget()
        try project.write("source.txt", source)
        let summary = try await project.build(runner: runner)
        #expect(summary.outcomes == ["parse cached", "write cached", "compile cached", "pack cached"])
        #expect(runner.runs.isEmpty)
        #expect(try project.tree("build") == TestFlow().expected(source))
    }

    @Test func toolChangeRerunsItsSteps() async throws {
        let summary = try await project.build(TestFlow(toolVersion: "2.0"), runner: runner)
        #expect(summary.outcomes == ["parse current", "write current", "compile built", "pack built"])
        #expect(summary["compile"]?.reason.map { if case .toolChanged = $0 { true } else { false } } == true)
    }

    @Test func editOfEqualSizeWithRestoredTimeIsNoticed() async throws {
        let file = project.folder + "/source.txt"
        let before = try #require(Files.status(file))
        try project.write("source.txt", source.replacing("two", with: "six"))
        let (seconds, nanoseconds) = before.modified.quotientAndRemainder(dividingBy: 1_000_000_000)
        let time = timespec(tv_sec: Int(seconds), tv_nsec: Int(nanoseconds))
        #expect(utimensat(AT_FDCWD, file, [time, time], 0) == 0)
        #expect(Files.status(file)?.modified == before.modified)
        #expect(try await project.build(runner: runner).ok)
        #expect(try project.tree("build") == TestFlow().expected("one\nsix\n"))
    }

    @Test func timesInTheFutureAndThePastCostNothingButAHash() async throws {
        for seconds in [4_000_000_000, 86_400] {
            let time = timespec(tv_sec: seconds, tv_nsec: 0)
            #expect(utimensat(AT_FDCWD, project.folder + "/source.txt", [time, time], 0) == 0)
            let summary = try await project.build(runner: runner)
            #expect(summary.isQuiet)
        }
    }

    @Test func forcedStageRunsOnce() async throws {
        let options = BuildOptions(force: .stages(["compile"]))
        let summary = try await project.build(TestFlow(), runner, options)
        #expect(summary.outcomes == ["parse current", "write current", "compile built", "pack current"])
        #expect(summary["compile"]?.why == "compile: forced")
        let all = try await project.build(TestFlow(), runner, BuildOptions(force: .all))
        #expect(all.outcomes == ["parse built", "write built", "compile built", "pack built"])
        #expect(runner.runs == ["compile", "compile", "pack"])
    }

    @Test func targetsLimitWhatIsDone() async throws {
        try project.write("source.txt", "new\n")
        let summary = try await project.build(TestFlow(), runner, BuildOptions(targets: ["write"]))
        #expect(summary.outcomes == ["parse built", "write built"])
        #expect(runner.runs.isEmpty)
        await #expect(throws: DiagnosticError.self) {
            try await project.build(TestFlow(), runner, BuildOptions(targets: ["wirte"]))
        }
    }

    @Test func warningsAreShownAgain() async throws {
        try project.write("source.txt", "odd\n")
        for _ in 0..<2 {
            let reporter = RecordingReporter()
            _ = try await project.build(TestFlow(), runner, reporter: reporter)
            #expect(reporter.messages == ["the source is odd"])
        }
    }

    @Test func movedProjectIsCurrent() async throws {
        let other = try TestProject()
        try other.remove("x")
        #expect(rename(project.folder, other.folder) == 0)
        let summary = try await other.build(runner: runner)
        #expect(summary.isQuiet)
        #expect(runner.runs.isEmpty)
    }

    @Test func deletedStateAndOutputsAreMadeAgain() async throws {
        try project.remove("build")
        let restored = try await project.build(runner: runner)
        #expect(restored.stages.allSatisfy { $0.outcome == .cached })
        #expect(restored["pack"]?.why == "build/pack/pack.txt was missing")
        #expect(runner.runs.isEmpty)
        try project.remove(".hlsbuild")
        #expect(try await project.build(runner: runner).ok)
        #expect(runner.runs == ["compile", "pack"])
        #expect(try project.tree("build") == TestFlow().expected(source))
    }
}

extension TestProject {
    func build(_ flow: TestFlow = TestFlow(), runner: FakeRunner) async throws -> BuildSummary {
        try await build(flow, runner)
    }
}
