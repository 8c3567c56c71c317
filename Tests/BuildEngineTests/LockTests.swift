import Basics
import Glibc
import Testing

@testable import BuildEngine

@Suite struct LockTests {
    let project: TestProject

    init() throws {
        project = try TestProject()
        try project.write("source.txt", "one\ntwo\n")
    }

    @Test func secondBuildWaitsAndSaysForWhom() async throws {
        let lock = try await ProjectLock.acquire(project.paths, disk: Disk()) { _ in }
        let reporter = RecordingReporter()
        let build = Task { try await project.build(TestFlow(), FakeRunner(), reporter: reporter) }
        try await reporter.wait { !$0.isEmpty }
        guard case .waiting(let holder)? = reporter.events.first else {
            Issue.record("the first event is \(reporter.events)")
            return
        }
        #expect(holder.process == getpid())
        #expect(!holder.host.isEmpty)
        #expect(abs(holder.since - Files.now() / 1_000_000_000) < 1000)
        #expect(!project.exists("build"))
        withExtendedLifetime(lock) {}
        _ = consume lock
        #expect(try await build.value.ok)
    }

    @Test func waitingCanBeCancelled() async throws {
        let lock = try await ProjectLock.acquire(project.paths, disk: Disk()) { _ in }
        let build = Task { try await project.build(runner: FakeRunner()) }
        build.cancel()
        await #expect(throws: CancellationError.self) { try await build.value }
        withExtendedLifetime(lock) {}
    }

    @Test func lockOfADeadHolderIsNoLock() async throws {
        try project.write(".hlsbuild/lock", "999999\telsewhere\t0\n")
        #expect(ProjectLock.holder(project.paths) == nil)
        #expect(try await project.build(runner: FakeRunner()).ok)
    }

    @Test func buildsAtOnceDoEverythingOnce() async throws {
        let runner = FakeRunner()
        let summaries = try await withThrowingTaskGroup(of: BuildSummary.self) { group in
            for _ in 0..<8 { group.addTask { try await project.build(runner: runner) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(summaries.allSatisfy { $0.ok })
        #expect(runner.runs == ["compile", "pack"])
        #expect(try project.tree("build") == TestFlow().expected("one\ntwo\n"))
    }

    @Test func buildsOfDifferentKindsAtOnce() async throws {
        let runner = FakeRunner()
        let summaries = try await withThrowingTaskGroup(of: BuildSummary.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let options = BuildOptions(targets: number % 2 == 0 ? ["compile"] : [])
                    return try await project.build(TestFlow(packFlag: number / 4), runner, options)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(summaries.allSatisfy { $0.ok })
        #expect(runner.runs.filter { $0 == "compile" }.count == 1)
        #expect(runner.runs.filter { $0 == "pack" }.count == 2)
    }

    @Test func deletedStateWhileWaiting() async throws {
        let lock = try await ProjectLock.acquire(project.paths, disk: Disk()) { _ in }
        let reporter = RecordingReporter()
        let build = Task { try await project.build(TestFlow(), FakeRunner(), reporter: reporter) }
        try await reporter.wait { !$0.isEmpty }
        try project.remove(".hlsbuild")
        #expect(try await build.value.ok)
        withExtendedLifetime(lock) {}
    }

    @Test func folderThatCannotBeWrittenIsNamed() async throws {
        try project.write(".hlsbuild", "a file where the folder should be")
        let error = await #expect(throws: DiagnosticError.self) { try await project.build(runner: FakeRunner()) }
        #expect(error?.description.contains("the project's folder cannot be written") == true)
        #expect(error?.description.contains("copy the project") == true)
    }
}
