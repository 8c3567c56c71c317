import Basics
import Glibc
import Testing

@testable import BuildEngine

/// Tools that do not do what they promise.
@Suite struct ToolFaultTests {
    let source = "one\ntwo\n"
    let runner = FakeRunner()
    let project: TestProject

    init() throws {
        project = try TestProject()
        try project.write("source.txt", source)
    }

    /// Builds with a tool that misbehaves, then with a good one.
    private func check(
        _ message: String, _ behaviour: @escaping FakeRunner.Behaviour,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) async throws {
        runner.set("compile", behaviour)
        let reporter = RecordingReporter()
        let summary = try await project.build(TestFlow(), runner, reporter: reporter)
        #expect(
            summary.outcomes == ["parse built", "write built", "compile failed", "pack blocked"],
            sourceLocation: sourceLocation)
        #expect(
            reporter.messages.contains { $0.contains(message) }, "\(reporter.messages)", sourceLocation: sourceLocation)
        #expect(!project.exists("build/compile"), sourceLocation: sourceLocation)
        #expect(
            summary["compile"]?.diagnostics.first?.notes.first?.message.contains(".hlsbuild/logs/compile/compile.log")
                == true, sourceLocation: sourceLocation)
        runner.set("compile", nil)
        #expect(try await project.build(runner: runner).ok, sourceLocation: sourceLocation)
        #expect(try project.tree("build") == TestFlow().expected(source), sourceLocation: sourceLocation)
        #expect(!project.exists(".hlsbuild/work/compile/compile"), sourceLocation: sourceLocation)
    }

    @Test func nothingWritten() async throws {
        try await check("did not write 'out.txt'") { _ in .exited(0) }
    }

    @Test func emptyFile() async throws {
        try await check("empty 'out.txt'") { request in
            try write(request.workingDirectory + "/out.txt", "")
            return .exited(0)
        }
    }

    @Test func linkInsteadOfAFile() async throws {
        try await check("made a link of 'out.txt'") { request in
            symlink("/etc/hostname", request.workingDirectory + "/out.txt")
            return .exited(0)
        }
    }

    @Test func folderInsteadOfAFile() async throws {
        try await check("made a folder of 'out.txt'") { request in
            try testDisk.makeDirectories(request.workingDirectory + "/out.txt")
            return .exited(0)
        }
    }

    @Test func failureAfterAGoodOutput() async throws {
        try await check("exit status 3") { request in
            try write(request.workingDirectory + "/out.txt", "looks good\n")
            return .exited(3)
        }
    }

    @Test func failureAfterHalfAnOutput() async throws {
        try await check("exit status 1") { request in
            try write(request.workingDirectory + "/out.txt", "fla")
            return .exited(1)
        }
    }

    @Test func killedByTheSystem() async throws {
        try await check("ended by signal 9") { request in
            try write(request.workingDirectory + "/out.txt", "flag=1\n")
            return .signaled(SIGKILL)
        }
    }

    @Test func tooLong() async throws {
        try await check("longer than it may") { _ in .timedOut }
    }

    @Test func runnerThatThrows() async throws {
        runner.set("compile") { _ in throw DiagnosticError(.error("no licence for you")) }
        let summary = try await project.build(runner: runner)
        #expect(summary["compile"]?.why == "no licence for you")
    }

    @Test func previousOutputsStayWhenARebuildFails() async throws {
        #expect(try await project.build(runner: runner).ok)
        try project.write("source.txt", "three\n")
        runner.set("compile") { _ in .exited(1) }
        #expect(try await project.build(runner: runner).ok == false)
        #expect(project.text("build/compile/out.txt") == TestFlow().expected(source)["build/compile/out.txt"])
        runner.set("compile", nil)
        #expect(try await project.build(runner: runner).ok)
        #expect(try project.tree("build") == TestFlow().expected("three\n"))
    }

    @Test func changedInputsInTheSandboxHarmNobody() async throws {
        runner.set("compile") { [runner] request in
            let ended = try runner.concat(request)
            try write(request.workingDirectory + "/run.sh", "overwritten")
            return ended
        }
        #expect(try await project.build(runner: runner).ok)
        #expect(try project.tree("build") == TestFlow().expected(source))
    }

    @Test func onlyDeclaredInputsAreThere() async throws {
        runner.set("compile") { [runner, project] request in
            let prefix = request.workingDirectory.replacing(project.folder + "/", with: "")
            #expect(
                try project.tree(prefix).keys.sorted()
                    == ["parts/part0.txt", "parts/part1.txt", "run.sh"].map { prefix + "/" + $0 })
            #expect(request.environment.keys.sorted() == ["HOME", "LANG", "TMPDIR"])
            return try runner.concat(request)
        }
        #expect(try await project.build(runner: runner).ok)
        runner.set("compile", nil)
    }

    @Test func treesAreCollectedWithoutLinks() async throws {
        let flow = try Flow([
            StageNode("tree") { context in
                let tool = TestFlow().tool
                let made = try await context.run(MakeTree.self, "tree", settings: .init(tool: tool))
                context.layOut(made.outputs)
            }
        ])
        runner.set("tree") { request in
            let folder = request.workingDirectory + "/made"
            try testDisk.makeDirectories(folder + "/deep/er")
            try write(folder + "/a", "a")
            try write(folder + "/deep/er/b", "")
            try write(request.workingDirectory + "/other", "not declared")
            symlink("/etc/hostname", folder + "/link")
            return .exited(0)
        }
        #expect(try await project.build(flow, runner).ok)
        #expect(try project.tree("build") == ["build/tree/made/a": "a", "build/tree/made/deep/er/b": ""])
    }
}

struct MakeTree: CommandStep {
    struct Settings: Encodable, Sendable {
        var tool: ToolIdentity
    }
    static let name = "tree"
    static let version = 1

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        CommandPlan(tool: settings.tool, arguments: [], outputs: [.init("made", form: .tree)])
    }
}
