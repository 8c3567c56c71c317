import Basics
import Testing
import TestSupport

@testable import BuildEngine

@Suite struct FlowTests {
    let project: TestProject
    let runner = FakeRunner()

    init() throws { project = try TestProject() }

    private func node(_ name: StageIdentity, _ needs: [StageIdentity] = []) -> StageNode {
        StageNode(name, needs: needs) { _ in }
    }

    @Test func faultsAreAllNamed() {
        let cycle = #expect(throws: DiagnosticError.self) {
            try Flow([node("a", ["c"]), node("b", ["a"]), node("c", ["b"]), node("d", ["a"])])
        }
        #expect(cycle?.description.contains("a -> c -> b -> a") == true)
        let own = #expect(throws: DiagnosticError.self) { try Flow([node("a", ["a"])]) }
        #expect(own?.description.contains("a -> a") == true)
        let faults = #expect(throws: DiagnosticError.self) {
            try Flow([node("a"), node("a"), node("../b"), node("synth"), node("c", ["snyth"])])
        }
        #expect(faults?.diagnostics.count == 3)
        #expect(faults?.description.contains("did you mean 'synth'?") == true)
    }

    @Test func needsComeFirst() throws {
        let flow = try Flow([node("d", ["b", "c"]), node("c", ["a"]), node("b", ["a"]), node("a"), node("e")])
        #expect(try flow.closure(of: []).map(\.name) == ["a", "b", "c", "d", "e"])
        #expect(try flow.closure(of: ["c"]).map(\.name) == ["a", "c"])
    }

    /// A build in which a stage fails while another one, which does not need it, is at work.
    private func failing(_ error: any Error & Sendable, _ options: BuildOptions = BuildOptions(jobs: 2)) async throws
        -> BuildSummary
    {
        let reporter = RecordingReporter()
        let flow = try Flow([
            node("a"), StageNode("b", needs: ["a"]) { _ in throw error }, node("c", ["b"]), node("d", ["c"]),
            StageNode("e", needs: ["a"]) { _ in
                try await reporter.wait { events in
                    events.contains { if case .stageFinished(let stage) = $0 { stage.name == "c" } else { false } }
                }
            },
            node("f", ["e"]),
        ])
        return try await project.build(flow, runner, options, reporter: reporter)
    }

    @Test func failureBlocksWhatNeedsIt() async throws {
        let error = DiagnosticError(.error("it broke", help: "mend it"))
        let stopped = try await failing(error)
        #expect(stopped.outcomes == ["a current", "b failed", "c blocked", "d blocked", "e current", "f blocked"])
        #expect(stopped["b"]?.why == "it broke")
        #expect(stopped["d"]?.why == "c is blocked")
        #expect(stopped["f"]?.why == "the build stopped because b failed")
        let all = try await failing(error, BuildOptions(keepGoing: true))
        #expect(all.outcomes == ["a current", "b failed", "c blocked", "d blocked", "e current", "f current"])
        #expect(!all.ok)
    }

    @Test func unavailableStopsNobodyElse() async throws {
        let summary = try await failing(StageUnavailable("there is no vivado", help: "install it"))
        #expect(summary.outcomes == ["a current", "b unavailable", "c blocked", "d blocked", "e current", "f current"])
        #expect(summary["c"]?.why == "b is unavailable")
    }

    @Test func stagesSeeOnlyWhatTheyDeclare() async throws {
        let flow = try Flow([node("a"), StageNode("b") { context in _ = try context.outputs(of: "a") }])
        #expect(try await project.build(flow, runner)["b"]?.why.contains("does not declare to need") == true)
    }

    @Test func twoStepsOfOneNameAreRefused() async throws {
        let flow = try Flow([
            StageNode("a") { context in
                for prefix in ["x", "y"] {
                    _ = try await context.run(Constant.self, "same", settings: .init(text: prefix))
                }
            }
        ])
        #expect(try await project.build(flow, runner)["a"]?.why == "the stage requests two steps called 'same'")
    }

    struct Constant: PureStep {
        struct Settings: Encodable, Sendable {
            var text: String
        }
        static let name = "constant"
        static let version = 1

        static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
            [OutputFile("text", text: settings.text)]
        }
    }

    private func manyCommands(_ count: Int, flag: @escaping @Sendable (Int) -> Int) throws -> Flow {
        try Flow([
            StageNode("many") { context in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<count {
                        group.addTask {
                            _ = try await context.run(
                                Concat.self, "c\(number)",
                                settings: .init(tool: TestFlow().tool, flag: flag(number)))
                        }
                    }
                    try await group.waitForAll()
                }
            }
        ])
    }

    @Test(arguments: [1, 3]) func noMoreCommandsAtOnceThanJobs(_ jobs: Int) async throws {
        for number in 0..<9 {
            runner.set("c\(number)") { [runner] request in
                try await runner.wait(forPeak: jobs)
                return try runner.concat(request)
            }
        }
        #expect(try await project.build(manyCommands(9) { $0 }, runner, BuildOptions(jobs: jobs)).ok)
        #expect(runner.runs.count == 9)
        #expect(runner.peak == jobs)
    }

    /// What waits for a processor is not told as running, and its time is not counted.
    @Test func aStepRunsWhenItHasItsProcessor() async throws {
        let reporter = RecordingReporter()
        let begun = Watched(0)
        for number in 0..<9 {
            runner.set("c\(number)") { [runner] request in
                await letOthersRun()
                begun.change { $0 += 1 }
                let told = reporter.events.count { if case .stepStarted = $0 { true } else { false } }
                #expect(told == begun.value)
                return try runner.concat(request)
            }
        }
        let summary = try await project.build(
            manyCommands(9) { $0 }, runner, BuildOptions(jobs: 1), reporter: reporter)
        #expect(summary.ok && begun.value == 9)
        // One after the other, they take no longer than all together.
        #expect(summary.stages.flatMap(\.steps).reduce(0) { $0 + $1.seconds } <= summary.seconds)
    }

    @Test func identicalRequestsAreOneRun() async throws {
        let asked = Watched(0)
        for number in 0..<6 {
            runner.set("c\(number)") { [runner] request in
                try await asked.wait { $0 == 6 }
                await letOthersRun()
                return try runner.concat(request)
            }
        }
        let flow = try manyCommands(6) { _ in
            asked.change { $0 += 1 }
            return 7
        }
        let summary = try await project.build(flow, runner, BuildOptions(jobs: 4))
        #expect(summary.ok)
        #expect(runner.runs.count == 1)
    }

    @Test func cancellationStopsAndTheNextBuildGoesOn() async throws {
        try project.write("source.txt", "one\n")
        let started = AsyncStream<Void>.makeStream()
        runner.set("pack") { _ in
            started.continuation.yield()
            try await Watched(0).wait { _ in false }
            return .exited(0)
        }
        let task = Task { try await project.build(runner: runner) }
        for await _ in started.stream { break }
        task.cancel()
        let summary = try await task.value
        #expect(summary.interrupted)
        #expect(!summary.ok)
        #expect(summary["pack"]?.why == "interrupted")
        runner.set("pack", nil)
        runner.forget()
        #expect(try await project.build(runner: runner).ok)
        #expect(runner.runs == ["pack"])
        #expect(try project.tree("build") == TestFlow().expected("one\n"))
    }

    @Test func pureStepErrorsReachTheUser() async throws {
        try project.write("source.txt", "bad\n")
        let reporter = RecordingReporter()
        let summary = try await project.build(TestFlow(), runner, reporter: reporter)
        #expect(summary.outcomes == ["parse failed", "write blocked", "compile blocked", "pack blocked"])
        #expect(reporter.messages == ["the source is bad"])
        let missing = try await TestProject().build(runner: runner)
        #expect(missing["parse"]?.why.contains("cannot read 'source.txt'") == true)
    }

    @Test func eventsOfAStepComeInOrder() async throws {
        try project.write("source.txt", "one\n")
        let reporter = RecordingReporter()
        _ = try await project.build(TestFlow(), runner, reporter: reporter)
        let names = reporter.events.compactMap { event -> String? in
            switch event {
            case .stageStarted("compile"): "stage"
            case .stepStarted("compile", "compile", .neverBuilt): "step"
            case .output("compile", "compile", let line): line
            case .stepFinished(let step) where step.stage == "compile": step.outcome.rawValue
            case .stageFinished(let stage) where stage.name == "compile": stage.outcome.rawValue
            default: nil
            }
        }
        #expect(names == ["stage", "step", "running compile", "built", "built"])
        guard case .buildFinished(let summary)? = reporter.events.last else {
            Issue.record("no summary")
            return
        }
        #expect(summary.json.text.hasPrefix("{\"event\": \"summary\", \"ok\": true, \"stages\": [{\"name\": \"parse\""))
        #expect(reporter.events.allSatisfy { !$0.json.text.contains("\n") })
    }
}
