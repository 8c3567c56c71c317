import Basics
import Config
import Measures
import Testing

@Suite struct BudgetTests {
    private func expectation(
        _ metric: Config.Expectation.Metric, _ comparison: Config.Expectation.Comparison, _ value: Int,
        _ unit: Config.Expectation.Unit
    ) throws -> Config.Expectation {
        Config.Expectation(
            metric: metric, comparison: comparison, value: try #require(Ratio(value)), unit: unit,
            text: "\(comparison.rawValue) \(value)")
    }

    private var measured: Budget.Measured {
        var cost = Cost()
        (cost.latency, cost.interval, cost.dsp, cost.lut) = (20, 2, 120, 1000)
        return Budget.Measured(cost: cost, clock: 4, slack: -0.5, watts: 1.5)
    }

    @Test(arguments: [
        (Config.Expectation.Metric.dsp, Config.Expectation.Comparison.atMost, 120, Config.Expectation.Unit.none, true),
        (.dsp, .less, 120, .none, false), (.latency, .atMost, 20, .cycles, true), (.latency, .atMost, 99, .ns, false),
        (.latency, .atMost, 100, .ns, true), (.interval, .equal, 2, .cycles, true), (.clock, .atMost, 3, .ns, false),
        (.clock, .atLeast, 250, .megahertz, true), (.slack, .atLeast, 0, .ns, false),
        (.power, .atMost, 1400, .milliwatts, false), (.power, .atMost, 2, .watts, true),
        // 120 of 220 in an xc7z020.
        (.dsp, .atMost, 54, .percent, false), (.dsp, .atMost, 55, .percent, true),
    ])
    func budgetsHoldOrNot(
        metric: Config.Expectation.Metric, comparison: Config.Expectation.Comparison, value: Int,
        unit: Config.Expectation.Unit, holds: Bool
    ) throws {
        let found = Budget.check(
            [try expectation(metric, comparison, value, unit)], measured, period: 5, part: "xc7z020clg400-1")
        #expect(found.isEmpty == holds)
        if let first = found.first { #expect(first.subject == ["expect", metric.rawValue]) }
    }

    @Test func whatWasNotMeasuredIsNotJudged() throws {
        let all = [try expectation(.uram, .atMost, 0, .none), try expectation(.maxError, .atMost, 0, .none)]
        #expect(Budget.check(all, measured, period: 5, part: "xc7z020").isEmpty)
    }

    /// A budget that nobody checks is none that holds.
    @Test func percentOfAnUnknownPartIsAnError() throws {
        let budget = [try expectation(.dsp, .atMost, 60, .percent)]
        let found = Budget.check(budget, measured, period: 5, part: "other")
        #expect(found.map(\.severity) == [.error])
        #expect(found.map(\.message) == ["dsp: it is not known how many there are in part 'other'"])
        #expect(found.first?.subject == ["expect", "dsp"] && found.first?.help == "state the budget as a number")
        // The tool knows its parts, and knows better than a table.
        var stated = measured
        stated.available.dsp = 200
        #expect(Budget.check(budget, stated, period: 5, part: "other").isEmpty)
        stated.available.dsp = 199
        #expect(Budget.check(budget, stated, period: 5, part: "xc7z020clg400-1").count == 1)
        stated.available.dsp = 0
        #expect(Budget.check(budget, stated, period: 5, part: "xc7z020clg400-1").isEmpty)
    }

    /// A share that is the limit is within it, whatever the limit: 57 of 100 are at least, and at most, 57 %.
    @Test func aShareThatIsTheLimitHolds() throws {
        for percent in 0...100 {
            let ratio = try #require(Ratio(percent))
            for comparison in [Config.Expectation.Comparison.atLeast, .atMost] {
                let limit = Config.Expectation(
                    metric: .accuracy, comparison: comparison, value: ratio, unit: .percent, text: "")
                for samples in [100, 300, 700] {
                    let share = Double(percent * samples / 100) / Double(samples)
                    #expect(limit.holds(simulated: share), "\(percent) % of \(samples)")
                }
            }
        }
    }
}
