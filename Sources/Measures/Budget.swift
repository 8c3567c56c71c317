public import Basics
public import Config
internal import Estimates

/// The budgets of a project file (`expect:`) against what a stage measured.
public enum Budget {
    /// What was measured; nil where the stage does not measure it.
    public struct Measured: Sendable {
        public var cost = Cost()
        /// What the part has, as the tool says.
        public var available = Cost()
        /// The clock period that was reached, ns.
        public var clock: Double?
        /// Worst slack, ns.
        public var slack: Double?
        public var watts: Double?

        public init(cost: Cost = Cost(), clock: Double? = nil, slack: Double? = nil, watts: Double? = nil) {
            self.cost = cost
            self.clock = clock
            self.slack = slack
            self.watts = watts
        }
    }

    /// An error for each budget that is measured and not met; its subject is the budget's place in the project file.
    ///
    /// - Parameters:
    ///   - period: the clock period in ns, for a latency in time.
    ///   - part: for budgets in percent, where the tool does not say what the part has. One of a part that nobody knows
    ///     is an error: a budget that is not checked would look like one that holds.
    public static func check(_ expectations: [Expectation], _ measured: Measured, period: Double, part: String)
        -> [Diagnostic]
    {
        expectations.compactMap { expectation in
            guard let value = value(expectation, measured, period, Part.named(part)) else {
                guard expectation.unit == .percent, count(expectation.metric, measured.cost) != nil else { return nil }
                return .error(
                    "\(expectation.metric.rawValue): it is not known how many there are in part '\(part)'",
                    subject: ["expect", expectation.metric.rawValue], help: "state the budget as a number")
            }
            if expectation.comparison.holds(value, expectation.value.double) { return nil }
            let unit = expectation.unit == .none ? "" : " " + expectation.unit.rawValue
            return .error(
                "\(expectation.metric.rawValue) is \(Figure.number(value))\(unit), expected \(expectation.text)",
                subject: ["expect", expectation.metric.rawValue])
        }
    }

    /// Whether `measured` has a number for the metric.
    public static func isStated(_ metric: Expectation.Metric, in measured: Measured) -> Bool {
        switch metric {
        case .lut, .ff, .dsp, .bram, .uram: count(metric, measured.cost) != nil
        case .latency: measured.cost.latency != nil
        case .interval: measured.cost.interval != nil
        case .clock: measured.clock != nil
        case .slack: measured.slack != nil
        case .power: measured.watts != nil
        case .argmaxAgreement, .accuracy, .maxError, .meanError, .mismatches: false
        }
    }

    /// What a cost is in the unit of a budget; nil where it does not state the metric.
    /// - Parameters:
    ///   - period: the clock period in ns, for a latency in time.
    ///   - part: for budgets in percent.
    public static func value(of expectation: Expectation, _ cost: Cost, period: Double, part: String) -> Double? {
        value(expectation, Measured(cost: cost), period, Part.named(part))
    }

    /// The measured number in the unit of the budget.
    private static func value(_ expectation: Expectation, _ measured: Measured, _ period: Double, _ part: Part?)
        -> Double?
    {
        let cost = measured.cost
        switch expectation.metric {
        case .lut, .ff, .dsp, .bram, .uram:
            guard let used = count(expectation.metric, cost) else { return nil }
            guard expectation.unit == .percent else { return Double(used) }
            let stated = count(expectation.metric, measured.available).flatMap { $0 > 0 ? $0 : nil }
            guard let all = stated ?? part.flatMap({ count(expectation.metric, Cost($0)) }), all > 0 else { return nil }
            return Double(used) / Double(all) * 100
        case .latency: return cost.latency.flatMap { time(Double($0), expectation.unit, period) }
        case .interval: return cost.interval.map { Double($0) }
        case .clock:
            return measured.clock.map { expectation.unit == .megahertz ? 1000 / $0 : $0 }
        case .slack: return measured.slack
        case .power: return measured.watts.map { expectation.unit == .milliwatts ? $0 * 1000 : $0 }
        case .argmaxAgreement, .accuracy, .maxError, .meanError, .mismatches: return nil
        }
    }

    private static func time(_ cycles: Double, _ unit: Expectation.Unit, _ period: Double) -> Double? {
        switch unit {
        case .cycles, .none: cycles
        case .ns: cycles * period
        case .us: cycles * period / 1e3
        case .ms: cycles * period / 1e6
        case .megahertz, .watts, .milliwatts, .percent: nil
        }
    }

    private static func count(_ metric: Expectation.Metric, _ cost: Cost) -> Int? {
        switch metric {
        case .lut: cost.lut
        case .ff: cost.ff
        case .dsp: cost.dsp
        case .bram: cost.bram18
        case .uram: cost.uram
        case .latency, .interval, .clock, .slack, .power, .argmaxAgreement, .accuracy, .maxError, .meanError,
            .mismatches:
            nil
        }
    }
}

extension Expectation.Metric {
    /// Whether the C simulation measures it.
    public var isMeasuredBySimulation: Bool {
        switch self {
        case .argmaxAgreement, .accuracy, .maxError, .meanError, .mismatches: true
        case .lut, .ff, .dsp, .bram, .uram, .latency, .interval, .clock, .slack, .power: false
        }
    }
}
