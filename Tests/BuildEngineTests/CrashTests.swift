import Basics
import Testing

@testable import BuildEngine

/// Ends builds at every single operation on the disk, by a kill and by a loss of power; the next build must continue
/// as if nothing had been.
@Suite struct CrashTests {
    private let source = "# c\none\ntwo\n"

    /// A project of one source on a disk in memory, and what is there so far is safe.
    private func disk(_ source: String, step: Int64 = 1000) throws -> MemoryDisk {
        let memory = MemoryDisk(step: step)
        try TestProject(memory).write("source.txt", source)
        return memory
    }

    /// The disk after a build of a first source, with a second one in its place.
    private func rebuilt(_ first: String, _ second: String, step: Int64 = 1000) async throws -> MemoryDisk {
        let memory = try disk(first, step: step)
        let project = TestProject(memory)
        for _ in 0..<2 {
            #expect(try await project.build(runner: FakeRunner(project.disk)).ok)
            project.tick()
        }
        try project.write("source.txt", second)
        return memory
    }

    /// Builds after whatever happened to the disk and checks everything that must hold.
    private func recover(_ instant: DiskHistory.Instant, _ history: DiskHistory, source: String) async throws {
        let memory = MemoryDisk(instant.files)
        let project = TestProject(memory)
        if instant.lostPower { project.tick() }
        let runner = FakeRunner(project.disk)
        // A rehearsal at every second instant: it finds what the build after it finds.
        var certain: [String] = []
        if instant.number % 2 == 0 {
            let rehearsal = try await project.build(TestFlow(), runner, BuildOptions(dryRun: true))
            #expect(runner.runs.isEmpty && memory.log.isEmpty, "\(instant)")
            certain = rehearsal.stages.flatMap(\.steps).filter { $0.outcome == .wouldRun }.map(\.label)
        }
        let summary = try await project.build(runner: runner)
        #expect(summary.ok, "\(instant)")
        // Of a file that was laid out and lost its end nothing tells that it was ours: it is kept as if it was edited.
        let outputs = try project.tree("build").filter { !instant.lostPower || !$0.key.contains(".edited") }
        #expect(outputs == TestFlow().expected(source), "\(instant)")
        if instant.number >= history.marks["pack", default: .max] {
            #expect(!runner.runs.contains("compile"), "\(instant)")
        }
        #expect(Set(certain).intersection(["compile", "pack"]).isSubset(of: runner.runs), "\(instant)")
        for (path, text) in try project.tree(".hlsbuild/store") {
            let name = path.split(separator: "/").dropFirst(2).joined()
            #expect(Digest(of: text).hex == name, "\(instant)")
        }
        let again = try await project.build(runner: runner)
        #expect(again.isQuiet, "\(instant)")
    }

    /// Nanoseconds between two operations: with the long one every time stamp is settled at once, and of the endings
    /// every sixth is enough.
    private static let steps: [(nanoseconds: Int64, every: Int)] = [(1000, 1), (50_000_000, 6)]

    @Test(arguments: steps)
    func firstBuildEndsAnywhere(_ step: Int64, _ every: Int) async throws {
        let history = try await DiskHistory(of: disk(source, step: step).files)
        #expect(history.changes.count > 50)
        for (index, instant) in history.instants.enumerated() where index % every == 0 {
            try await recover(instant, history, source: source)
        }
    }

    @Test(arguments: steps)
    func rebuildEndsAnywhere(_ step: Int64, _ every: Int) async throws {
        let start = try await rebuilt("one\ntwo\nthree\n", "one\nsix\n", step: step)
        let history = try await DiskHistory(of: start.files)
        for (index, instant) in history.instants.enumerated() where index % every == 0 {
            try await recover(instant, history, source: "one\nsix\n")
        }
    }

    @Test func buildsEndTwiceOnTheWay() async throws {
        let history = try await DiskHistory(of: disk("one\n").files)
        for instant in history.instants where instant.number % 18 == 5 && !instant.lostPower {
            let memory = MemoryDisk(instant.files)
            try TestProject(memory).write("source.txt", "two\n")
            let second = try await DiskHistory(of: memory.files)
            for later in second.instants where later.number == instant.number / 2 + 4 {
                try await recover(later, second, source: "two\n")
            }
        }
    }

    @Test func garbageCollectionEndsAnywhere() async throws {
        let start = try await rebuilt("one\ntwo\n", "one\nsix\n")
        let project = TestProject(start)
        for _ in 0..<2 { #expect(try await project.build(runner: FakeRunner(project.disk)).ok) }
        try project.write("source.txt", "four\n")
        #expect(try await project.build(runner: FakeRunner(project.disk)).ok)
        let history = try await DiskHistory(of: start.files) { project, runner in
            let report = try await project.builder(runner).collectGarbage(keepingDays: 0)
            #expect(report.records > 0 && report.contents > 0)
        }
        for instant in history.instants {
            let project = TestProject(MemoryDisk(instant.files))
            let runner = FakeRunner(project.disk)
            #expect(try await project.build(runner: runner).ok, "\(instant)")
            #expect(runner.runs.isEmpty, "\(instant)")
            #expect(try project.tree("build") == TestFlow().expected("four\n"), "\(instant)")
        }
    }

    @Test(arguments: [FaultyDisk.Fault.full, .fullOnce])
    func fullDiskIsAnErrorAndNothingElse(_ fault: FaultyDisk.Fault) async throws {
        let source = "one\ntwo\n"
        let counter = FaultyDisk(fault, at: 0)
        let sample = TestProject(try disk(source))
        _ = try await sample.build(
            TestFlow(), FakeRunner(sample.disk), BuildOptions(), disk: counter.disk(sample.disk.medium))
        let count = counter.operations
        for number in 1...count {
            let project = TestProject(try disk(source))
            let runner = FakeRunner(project.disk)
            let reporter = RecordingReporter()
            let faulty = FaultyDisk(fault, at: number)
            var messages: [String] = []
            do {
                let options = BuildOptions(keepGoing: true)
                let summary = try await project.build(
                    TestFlow(), runner, options, reporter: reporter, disk: faulty.disk(project.disk.medium))
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
