import Basics
import Synchronization
import Testing

@testable import BuildEngine

/// A command that takes something scarce and is tried again.
private struct Claiming: CommandStep {
    struct Settings: Encodable, Sendable {
        var output: String
        var claims: [CommandPlan.Claim] = []
        var retry: CommandPlan.Retry?

        enum CodingKeys: String, CodingKey { case output }
    }
    static let name = "claiming"
    static let version = 1

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        var plan = CommandPlan(
            tool: TestFlow().tool, arguments: ["x", settings.output], outputs: [.init(settings.output)])
        plan.claims = settings.claims
        plan.retry = settings.retry
        return plan
    }

    static func judge(_ run: CommandRun, _ settings: Settings) -> Judgement {
        run.termination == .exited(75) ? .transient([.error("no licence")]) : run.judgementByStatus
    }
}

@Suite struct ClaimTests {
    private let runner = FakeRunner()
    private let project: TestProject

    init() throws { project = try TestProject() }

    /// One stage with so many steps at once.
    private func flow(_ count: Int, _ settings: @escaping @Sendable (Int) -> Claiming.Settings) throws -> Flow {
        try Flow([
            StageNode("work") { context in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<count {
                        group.addTask {
                            _ = try await context.run(Claiming.self, "step\(index)", settings: settings(index))
                        }
                    }
                    try await group.waitForAll()
                }
            }
        ])
    }

    /// Exactly `peak` commands run at once while each takes `units` of `capacity`.
    private func expect(peak: Int, units: Int, of capacity: Int) async throws {
        let slow: FakeRunner.Behaviour = { [runner] request in
            try await runner.wait(forPeak: peak)
            return try runner.concat(request)
        }
        for index in 0..<6 { runner.set("step\(index)", slow) }
        let flow = try flow(6) { index in
            .init(output: "\(units)-\(index)", claims: [.init("seat", units: units, of: capacity)])
        }
        let summary = try await project.build(flow, runner, BuildOptions(jobs: 6))
        #expect(summary.ok)
        #expect(runner.peak == peak)
    }

    @Test func noMoreThanThereIs() async throws { try await expect(peak: 2, units: 2, of: 5) }

    /// More than there is at all is granted to one alone.
    @Test func moreThanThereIs() async throws { try await expect(peak: 1, units: 9, of: 5) }

    @Test func triedAgainWhileThereIsPatience() async throws {
        let left = Mutex(2)
        runner.set("step0") { [runner] request in
            let isRefused = left.withLock { left in
                left -= 1
                return left >= 0
            }
            return isRefused ? .exited(75) : try runner.concat(request)
        }
        let retry = CommandPlan.Retry(firstPause: .milliseconds(1), patience: .seconds(60))
        let reporter = RecordingReporter()
        let flow = try flow(1) { _ in .init(output: "a", retry: retry) }
        #expect(try await project.build(flow, runner, reporter: reporter).ok)
        #expect(runner.runs.count == 3)
        #expect(reporter.messages == Array(repeating: "no licence; trying again in 1 s", count: 2))
    }

    @Test func failuresOfTheDesignAreNotTriedAgain() async throws {
        runner.set("step0") { _ in .exited(1) }
        let retry = CommandPlan.Retry(firstPause: .milliseconds(1), patience: .seconds(60))
        let flow = try flow(1) { _ in .init(output: "a", retry: retry) }
        #expect(try await project.build(flow, runner).ok == false)
        #expect(runner.runs.count == 1)
    }

    @Test func patienceEnds() async throws {
        runner.set("step0") { _ in .exited(75) }
        let retry = CommandPlan.Retry(firstPause: .milliseconds(1), patience: .milliseconds(30))
        let flow = try flow(1) { _ in .init(output: "a", retry: retry) }
        let summary = try await project.build(flow, runner)
        #expect(summary.outcomes == ["work failed"] && runner.runs.count > 1)
    }

    /// What is scarce on one machine is not part of the result.
    @Test func claimsAreNoPartOfTheKey() async throws {
        _ = try await project.build(try flow(1) { _ in .init(output: "a") }, runner)
        let again = try flow(1) { _ in
            .init(
                output: "a", claims: [.init("seat", of: 3)],
                retry: .init(firstPause: .seconds(1), patience: .seconds(2)))
        }
        #expect(try await project.build(again, runner).outcomes == ["work current"])
    }
}
