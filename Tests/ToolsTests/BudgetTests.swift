import Basics
import BuildEngine
import Config
import Testing

import Measures
@testable import Vendor

/// `expect:` held against what the vendor's tools report: the stand-ins always report the same numbers.
@Suite(.serialized) struct BudgetTests {
    @Test func budgetsThatHold() async throws {
        let chain = try await Chain()
        let lines = """
            clock: 5 ns
            expect: {lut: '<= 20000', dsp: 40, bram: '< 1 %', latency: '<= 60 ns', interval: 1, clock: '>= 300 MHz',
              slack: '>= 1', power: '<= 3600 mW'}
            """
        let (summary, events) = try await chain.build(["vsynth"], lines)
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        #expect(events.steps.contains("synth/budget built") && events.steps.contains("vsynth/budget built"))
        let (again, more) = try await chain.build(["vsynth"], lines)
        #expect(again.outcome("synth") == .current && again.outcome("vsynth") == .current)
        #expect(more.steps.contains("vsynth/budget current"))
    }

    @Test(arguments: [
        ("synth", "dsp", "<= 39", "C synthesis: dsp is 40, expected <= 39"),
        ("synth", "latency", "<= 59 ns", "C synthesis: latency is 60 ns, expected <= 59 ns"),
        ("synth", "interval", "> 1", "C synthesis: interval is 1 cycles, expected > 1"),
        ("synth", "clock", "< 3.2 ns", "C synthesis: clock is 3.2 ns, expected < 3.2 ns"),
        ("vsynth", "lut", ">= 20000", "Vivado: lut is 8565, expected >= 20000"),
        ("vsynth", "slack", ">= 2", "Vivado: slack is 1.204 ns, expected >= 2"),
        ("vsynth", "power", "<= 3 W", "Vivado: power is 3.566 W, expected <= 3 W"),
    ])
    func aMissedBudgetFailsItsStageAndKeepsTheRun(stage: String, metric: String, limit: String, says: String)
        async throws
    {
        let chain = try await Chain()
        func lines(_ limit: String) -> String { "clock: 5 ns\nexpect: {\(metric): '\(limit)'}" }
        let (failed, events) = try await chain.build([stage], lines(limit))
        #expect(failed.outcome(stage) == .failed)
        let errors = events.diagnostics.filter { $0.severity == .error }
        #expect(errors.map(\.message) == [says])
        #expect(errors.map(\.subject) == [["expect", metric]])
        // It points at the line.
        #expect(try errors.map { try chain.project(lines(limit)).located($0).location?.line } == [7])
        // What the tools made is there to look at, and the tools need not run for another budget.
        #expect(!chain.built(stage == "synth" ? "synth/report/csynth.xml" : "vsynth/report/power.rpt").isEmpty)
        #expect(failed.stages.first { $0.name == stage }?.isLaidOut == true)
        let runs = chain.runs
        #expect(runs.count == (stage == "synth" ? 1 : 2))
        let (same, _) = try await chain.build([stage], lines(limit))
        #expect(same.outcome(stage) == .failed)
        let unit = limit.split(separator: " ").dropFirst(2).joined()
        let (relaxed, steps) = try await chain.build([stage], lines(">= 0 " + unit))
        #expect(relaxed.ok && steps.steps.contains("\(stage)/budget built"))
        let (none, _) = try await chain.build([stage], "clock: 5 ns")
        #expect(none.ok && chain.runs == runs)
    }

    /// The RTL of a design that is too large for its budget is not given to Vivado.
    @Test func whatComesAfterWaits() async throws {
        let chain = try await Chain()
        let (summary, _) = try await chain.build(["vsynth"], "expect: {dsp: 0}")
        #expect(summary.outcome("synth") == .failed && summary.outcome("vsynth") == .blocked)
        #expect(chain.runs == ["vitis-run synth.tcl"])
    }

    /// The stand-in's netlist report has look-up tables and nothing else.
    @Test func whatAReportLacksIsAWarning() async throws {
        let chain = try await Chain()
        let (summary, events) = try await chain.build(["vsynth"], "expect: {dsp: '<= 40'}")
        #expect(summary.ok)
        let told = events.diagnostics.filter { $0.subject == ["expect", "dsp"] }
        #expect(told.map(\.severity) == [.warning])
        #expect(told.map(\.message) == ["Vivado states no dsp; its budget is not checked"])
    }

    @Test func aReportThatCannotBeReadIsNoBudgetThatHolds() throws {
        let limit = Config.Expectation(
            metric: .dsp, comparison: .atMost, value: try #require(Ratio(9)), unit: .none, text: "<= 9")
        let settings = BudgetStep.Settings(
            tool: .csynth, expectations: [limit], period: try #require(Ratio(5)), part: "xcvu13p-flga2577-2-e")
        #expect(throws: DiagnosticError.self) {
            try BudgetStep.perform(settings, StepInputs(files: ["csynth.xml": Array("<profile><Area".utf8)]))
        }
    }

    /// Neither the tool nor the table of parts knows how many there are.
    @Test func aPercentageOfNobodyKnowsWhatIsAnError() async throws {
        let limit = Config.Expectation(
            metric: .dsp, comparison: .atMost, value: try #require(Ratio(60)), unit: .percent, text: "<= 60 %")
        let settings = BudgetStep.Settings(
            tool: .csynth, expectations: [limit], period: try #require(Ratio(5)), part: "xczz99-abcd1-2-e")
        func report(_ available: String) -> StepInputs {
            let text = """
                <profile><UserAssignments><TopModelName>net</TopModelName></UserAssignments><PerformanceEstimates/>
                <AreaEstimates><Resources><DSP>40</DSP><LUT>1</LUT></Resources>\(available)</AreaEstimates></profile>
                """
            return StepInputs(files: ["csynth.xml": Array(text.utf8)])
        }
        let stated = "<AvailableResources><DSP>100</DSP></AvailableResources>"
        #expect(try BudgetStep.perform(settings, report(stated)).diagnostics.isEmpty)
        do {
            _ = try BudgetStep.perform(settings, report(""))
            Issue.record("the budget is not checked")
        } catch let error as DiagnosticError {
            let first = try #require(error.diagnostics.first)
            #expect(first.message == "C synthesis: dsp: it is not known how many there are in part 'xczz99-abcd1-2-e'")
            let project = try await Chain().project("clock: 5 ns\nexpect: {dsp: '<= 60 %'}")
            #expect(project.located(first).location?.line == 7)
        }
    }

    @Test(arguments: [
        ("expect: {accuracy: '>= 0.9', dsp: 3}", ["accuracy"]),
        ("expect: {mismatches: 0, max_error: '<= 1'}", ["max_error", "mismatches"]),
        ("data: {input: x.npy, expected: y.npy}\nexpect: {mismatches: 0, power: '<= 1 W'}", []),
        ("data: {input: x.npy}\nexpect: {accuracy: '>= 90%', max_error: 0.1}", ["accuracy"]),
        ("data: {input: x.npy, labels: c.npy}\nexpect: {accuracy: '>= 90%'}", []),
    ])
    func whatNothingMeasuresIsAWarning(lines: String, metrics: [String]) async throws {
        let found = Budget.unmeasured(try await Chain().project(lines))
        #expect(found.map(\.subject) == metrics.map { ["expect", $0] })
        #expect(found.allSatisfy { $0.severity == .warning && $0.help != nil })
    }

    @Test func theSimulationWarnsOfThem() async throws {
        let (summary, events) = try await Chain().build(["csim"], "expect: {accuracy: '>= 90 %'}")
        #expect(summary.ok)
        #expect(events.diagnostics.map(\.subject) == [["expect", "accuracy"]])
        #expect(
            summary.stages.last?.remarks == [
                "nothing was simulated: the project file names no data ('data: {input: ...}')"
            ])
    }
}
