import Basics
import Testing

@testable import BuildEngine

/// Kills builds at every single operation on the disk; the next build must continue as if nothing had been.
@Suite struct CrashTests {
    /// The number of disk operations of one build of the edited project.
    private func operations(_ project: TestProject, _ fault: FaultyDisk.Fault) async throws -> Int {
        let counter = FaultyDisk(fault, at: 0)
        _ = try await project.build(TestFlow(), FakeRunner(), BuildOptions(), disk: counter.disk)
        return counter.operations
    }

    private func crash(_ project: TestProject, _ runner: FakeRunner, at number: Int) async {
        let faulty = FaultyDisk(.kill, at: number)
        _ = try? await project.build(TestFlow(), runner, BuildOptions(), disk: faulty.disk)
    }

    /// Builds after a crash and checks everything that must hold.
    private func recover(
        _ project: TestProject, _ runner: FakeRunner, source: String, at number: Int
    ) async throws {
        let hadReachedPack = runner.runs.contains("pack")
        runner.forget()
        let rehearsal = try await project.build(TestFlow(), runner, BuildOptions(dryRun: true))
        #expect(runner.runs.isEmpty)
        let summary = try await project.build(runner: runner)
        #expect(summary.ok, "killed at \(number)")
        #expect(try project.tree("build") == TestFlow().expected(source), "killed at \(number)")
        if hadReachedPack { #expect(!runner.runs.contains("compile"), "killed at \(number)") }
        let certain = rehearsal.stages.flatMap(\.steps).filter { $0.outcome == .wouldRun }.map(\.label)
        #expect(Set(certain).intersection(["compile", "pack"]).isSubset(of: runner.runs), "killed at \(number)")
        let again = try await project.build(runner: runner)
        #expect(again.isQuiet, "killed at \(number)")
    }

    @Test func firstBuildKilledAnywhere() async throws {
        let source = "# c\none\ntwo\n"
        let sample = try TestProject()
        try sample.write("source.txt", source)
        let count = try await operations(sample, .kill)
        #expect(count > 50)
        for number in 1...count {
            let project = try TestProject()
            try project.write("source.txt", source)
            let runner = FakeRunner()
            await crash(project, runner, at: number)
            try await recover(project, runner, source: source, at: number)
        }
    }

    @Test func rebuildKilledAnywhere() async throws {
        func prepared() async throws -> TestProject {
            let project = try TestProject()
            try project.write("source.txt", "one\ntwo\nthree\n")
            #expect(try await project.build(runner: FakeRunner()).ok)
            try project.write("source.txt", "one\nsix\n")
            return project
        }
        let count = try await operations(try await prepared(), .kill)
        for number in 1...count {
            let project = try await prepared()
            let runner = FakeRunner()
            await crash(project, runner, at: number)
            try await recover(project, runner, source: "one\nsix\n", at: number)
        }
    }

    @Test func killedTwiceOnTheWay() async throws {
        for number in stride(from: 5, to: 120, by: 9) {
            let project = try TestProject()
            try project.write("source.txt", "one\n")
            await crash(project, FakeRunner(), at: number)
            try project.write("source.txt", "two\n")
            await crash(project, FakeRunner(), at: number + 4)
            try await recover(project, FakeRunner(), source: "two\n", at: number)
        }
    }

    @Test(arguments: [FaultyDisk.Fault.full, .fullOnce])
    func fullDiskIsAnErrorAndNothingElse(_ fault: FaultyDisk.Fault) async throws {
        let source = "one\ntwo\n"
        let sample = try TestProject()
        try sample.write("source.txt", source)
        let count = try await operations(sample, fault)
        for number in 1...count {
            let project = try TestProject()
            try project.write("source.txt", source)
            let runner = FakeRunner()
            let reporter = RecordingReporter()
            let faulty = FaultyDisk(fault, at: number)
            var messages: [String] = []
            do {
                let options = BuildOptions(keepGoing: true)
                let summary = try await project.build(
                    TestFlow(), runner, options, reporter: reporter, disk: faulty.disk)
                if summary.ok { #expect(try project.tree("build") == TestFlow().expected(source)) }
                messages = reporter.messages
                #expect(summary.ok || messages.contains { $0.contains("No space left") }, "full at \(number)")
            } catch let error as DiagnosticError {
                #expect(error.description.contains("No space left"), "full at \(number)")
            }
            #expect(try await project.build(runner: runner).ok, "full at \(number)")
            #expect(try project.tree("build") == TestFlow().expected(source), "full at \(number)")
        }
    }
}
