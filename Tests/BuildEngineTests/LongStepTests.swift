import Basics
import Glibc
import Synchronization
import Testing

@testable import BuildEngine

/// Steps within this process that may take long.
@Suite struct LongStepTests {
    typealias Behaviour = @Sendable (LongWork) throws -> Void

    /// Writes its input twice, after what the test of its name says.
    struct Double: LongStep {
        struct Settings: Encodable, Sendable {
            var name: String
        }
        static let name = "double"
        static let version = 1

        /// A step can capture nothing, so what the tests want of it lies here.
        static let behaviours = Mutex<[String: Behaviour]>([:])
        static let performed = Mutex<[String: Int]>([:])

        static func outputs(_ settings: Settings) -> [String] { ["twice"] }

        static func perform(_ settings: Settings, _ inputs: StepInputs, _ work: LongWork) throws -> PureResult {
            performed.withLock { $0[settings.name, default: 0] += 1 }
            try behaviours.withLock { $0[settings.name] }?(work)
            let text = try inputs.text("source")
            return [OutputFile("twice", text: text + text)]
        }
    }

    let project: TestProject
    let runner = FakeRunner()

    init() throws {
        project = try TestProject()
        try project.write("source.txt", "one\n")
    }

    private func flow(_ names: [String]) throws -> Flow {
        try Flow(
            names.map { name in
                StageNode(StageIdentity(name)) { context in
                    let made = try await context.run(
                        Double.self, "double", settings: .init(name: name),
                        inputs: [.init("source", try context.source("source.txt"))])
                    context.layOut(made.outputs)
                }
            } + [
                StageNode("after", needs: names.map { StageIdentity($0) }) { context in
                    for name in names {
                        let twice = try context.output("twice", of: StageIdentity(name))
                        let made = try await context.run(
                            Strip.self, name, settings: .init(), inputs: [.init("source", twice)])
                        context.provide(made.outputs)
                    }
                }
            ])
    }

    private func count(_ name: String) -> Int { Double.performed.withLock { $0[name] ?? 0 } }

    private func set(_ name: String, _ behaviour: Behaviour?) { Double.behaviours.withLock { $0[name] = behaviour } }

    @Test func resultIsKept() async throws {
        let flow = try flow(["kept"])
        #expect(try await project.build(flow, runner).outcomes == ["kept built", "after built"])
        #expect(try project.tree("build") == ["build/kept/twice": "one\none\n"])
        #expect(try await project.build(flow, runner).isQuiet)
        #expect(count("kept") == 1)
    }

    @Test func dryRunDoesNotPerformIt() async throws {
        let flow = try flow(["dry"])
        let summary = try await project.build(flow, runner, BuildOptions(dryRun: true))
        #expect(summary.outcomes == ["dry wouldRun", "after mayRun"])
        #expect(summary["dry"]?.why == "double: never built")
        let builder = project.builder(runner)
        #expect(try await builder.status(flow).map(\.state) == [.neverBuilt, .neverBuilt])
        #expect(try await builder.why("dry", flow).steps.map(\.outcome) == [.wouldRun])
        #expect(count("dry") == 0)
        #expect(!project.exists(".hlsbuild") && !project.exists("build"))
        #expect(try await project.build(flow, runner).ok)
        try project.write("source.txt", "two\n")
        let stale = try await builder.status(flow)
        #expect(stale[0].state.why.hasPrefix("double: input source changed"))
        #expect(count("dry") == 1)
    }

    @Test func cancellationEndsItAndTheNextBuildPerformsItAnew() async throws {
        let begun = AsyncStream<Void>.makeStream()
        set("endless") { work in
            begun.continuation.yield()
            while true { try work.progress(1, of: 2) }
        }
        let flow = try flow(["endless"])
        let task = Task { try await project.build(flow, runner) }
        for await _ in begun.stream { break }
        task.cancel()
        let summary = try await task.value
        #expect(summary.interrupted)
        #expect(summary["endless"]?.why == "interrupted")
        #expect(!project.exists("build/endless"))
        set("endless", nil)
        #expect(try await project.build(flow, runner).ok)
        #expect(count("endless") == 2)
    }

    @Test(arguments: [1, 3]) func noMoreAtOnceThanJobs(_ jobs: Int) async throws {
        let running = Mutex((now: 0, most: 0))
        let names = (0..<9).map { "jobs\(jobs)-\($0)" }
        for name in names {
            set(name) { work in
                running.withLock {
                    $0.now += 1
                    $0.most = max($0.most, $0.now)
                }
                defer { running.withLock { $0.now -= 1 } }
                for turn in 0..<1000 { try work.progress(turn, of: 1000) }
            }
        }
        #expect(try await project.build(flow(names), runner, BuildOptions(jobs: jobs)).ok)
        #expect((1...jobs).contains(running.withLock { $0.most }))
    }

    /// More steps than the shared threads, each waiting for all others: in those threads none would ever end.
    @Test func threadsOfTasksStayFree() async throws {
        let begun = Mutex(0)
        let names = (0..<40).map { "thread\($0)" }
        for name in names {
            set(name) { work in
                begun.withLock { $0 += 1 }
                while begun.withLock({ $0 < names.count }) {
                    try work.checkCancellation()
                    sched_yield()
                }
            }
        }
        #expect(try await project.build(flow(names), runner, BuildOptions(jobs: names.count)).ok)
    }

    @Test func progressIsToldWhenItChanges() async throws {
        set("told") { work in
            for turn in 0...1000 { try work.progress(turn, of: 1000, turn < 500 ? "first half" : "second half") }
            try work.progress(7, of: 0)
            try work.progress(9, of: 3)
        }
        let reporter = RecordingReporter()
        #expect(try await project.build(flow(["told"]), runner, reporter: reporter).ok)
        let told = reporter.events.compactMap { if case .progress(let progress) = $0 { progress } else { nil } }
        #expect(told.map(\.percent) == Array(0...100) + [0, 100])
        #expect(told.first?.line == "0 %  first half" && told.last?.line == "100 %")
        #expect(told.count { $0.text == "first half" } == 50)
        #expect(
            BuildEvent.progress(told[3]).json.text == "{\"event\": \"progress\", \"stage\": \"told\", "
                + "\"step\": \"double\", \"percent\": 3, \"text\": \"first half\"}")
    }

    @Test func errorsReachTheUser() async throws {
        set("broken") { _ in throw DiagnosticError(.error("it is too large")) }
        let summary = try await project.build(flow(["broken"]), runner)
        #expect(summary.outcomes == ["broken failed", "after blocked"])
        #expect(summary["broken"]?.why == "it is too large")
    }
}
