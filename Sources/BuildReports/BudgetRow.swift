internal import BuildEngine
public import Config
public import Layers
internal import Measures
internal import Estimates
internal import Options
public import Steps

/// A budget of the project file, and what is known of it: measured, or only estimated so far.
public struct BudgetRow: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable {
        case met
        case missed
        /// Nothing that is built now has measured it.
        case notJudged = "not judged yet"
        /// No stage of the project's road measures it.
        case unmeasured = "no stage measures it"
    }

    public var metric: String
    /// The limit as written, and the unit of the numbers.
    public var limit: String
    public var unit: Expectation.Unit
    /// From our own schedule, before any tool has run; nil where nothing is estimated.
    public var estimate: Double?
    public var measured: Double?
    public var verdict: Verdict
    /// The stage that has measured it, or the first that will.
    public var stage: StageName

    /// A number of the row with its unit.
    public func text(_ value: Double?) -> String {
        guard let value else { return "" }
        return Figure.number(value) + (unit == .none ? "" : " \(unit.rawValue)")
    }
}

extension BudgetRow {
    /// The budgets of a project in its order.
    /// - Parameters:
    ///   - costs: the whole design, as it is estimated and as tools measured it; nil: not known.
    ///   - outputs: what the C simulation measured.
    ///   - states: how the stages stand.
    static func rows(
        _ project: Project, costs: CostRow?, outputs: [SimulationRow], states: StageStates
    ) -> [BudgetRow] {
        project.expectations.map { expectation in
            var row = BudgetRow(expectation, project, estimate: costs?.estimate)
            guard row.verdict != .unmeasured,
                let stage = expectation.metric.judges.last(where: { states.currency(of: $0) == .current })
            else { return row }
            row.stage = stage
            let values: [Double]
            switch stage {
            case .csim: values = outputs.compactMap { $0.measured(expectation.metric) }
            case .synth: values = row.value(of: costs?.csynth, expectation, project)
            case .vsynth: values = row.value(of: costs?.vsynth, expectation, project)
            case .parse, .optimize, .write, .export: values = []
            }
            let missed = values.first { value in
                stage == .csim
                    ? !expectation.holds(simulated: value)
                    : !expectation.comparison.holds(value, expectation.value.double)
            }
            // Shares of the samples are shown in the unit of the limit.
            let scale = stage == .csim && expectation.unit == .percent ? 100.0 : 1
            row.measured = (missed ?? values.first).map { $0 * scale }
            // A stage that is up to date has met what it measures, whoever else states its number.
            if missed != nil {
                row.verdict = .missed
            } else if !values.isEmpty || states.isUpToDate(stage) {
                row.verdict = .met
            }
            return row
        }
    }

    /// The budgets that a build did not come to judge, with what is expected of them.
    /// - Parameter judged: the stages that it came to.
    public static func unjudged(_ project: Project, _ design: Design, judged: Set<StageName>) throws -> [BudgetRow] {
        let open = project.expectations.filter { judged.isDisjoint(with: $0.metric.judges) }
        guard !open.isEmpty else { return [] }
        let target = Target(backend: project.backend, part: project.part, period: project.clock.period.double)
        let estimate = Cost(DesignEstimate(try PlacedDesign(design), target).total)
        return open.map { BudgetRow($0, project, estimate: estimate) }.filter { $0.verdict == .notJudged }
    }

    private init(_ expectation: Expectation, _ project: Project, estimate: Cost?) {
        let judges = expectation.metric.judges
        metric = expectation.metric.rawValue
        limit = expectation.text
        unit = expectation.unit
        stage = judges.first ?? .csim
        verdict = judges != [.csim] && project.backend == .open ? .unmeasured : .notJudged
        self.estimate = nil
        if judges != [.csim] { self.estimate = value(of: estimate, expectation, project).first }
    }

    private func value(of cost: Cost?, _ expectation: Expectation, _ project: Project) -> [Double] {
        guard let cost,
            let value = Budget.value(of: expectation, cost, period: project.clock.period.double, part: project.part)
        else { return [] }
        return [value]
    }
}

extension Expectation.Metric {
    /// The stages that measure it, in the order of the road.
    fileprivate var judges: [StageName] {
        switch self {
        case .lut, .ff, .dsp, .bram, .uram: [.synth, .vsynth]
        case .latency, .interval, .clock: [.synth]
        case .slack, .power: [.vsynth]
        case .argmaxAgreement, .accuracy, .maxError, .meanError, .mismatches: [.csim]
        }
    }
}
