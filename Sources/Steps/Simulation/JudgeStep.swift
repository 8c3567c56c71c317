internal import Basics
internal import BuildEngine
internal import Config
internal import Measures

/// What the C simulation measured held against the tolerance and the budgets of the project: the test that it passes or
/// fails.
///
/// A step of its own: another tolerance simulates nothing anew, and what was measured stays where it fails.
enum JudgeStep: PureStep {
    static let name = "judge"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// Nil: differences are reported and fail nothing.
        var tolerance: Tolerance?
        /// The budgets that a C simulation can measure.
        var expectations: [Expectation]
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let rows = try StageOutput.simulation.read(inputs)
        let errors = rows.flatMap { row in
            [excess(row, settings.tolerance)].compactMap(\.self) + settings.expectations.compactMap { missed($0, row) }
        }
        if !errors.isEmpty { throw DiagnosticError(errors) }
        return PureResult([], diagnostics: silent(settings.expectations, rows))
    }

    private static func excess(_ row: SimulationRow, _ tolerance: Tolerance?) -> Diagnostic? {
        let limit: Double
        switch tolerance {
        case .exact: limit = 0
        case .absolute(let ratio): limit = ratio.double
        case nil: return nil
        }
        guard let worst = row.worst, row.maxError > limit else { return nil }
        return .error(
            "output '\(row.name)' differs by up to \(Figure.short(row.maxError)), the tolerance is \(Figure.short(limit)) "
                + "(sample \(worst.sample), element \(worst.element): \(Figure.short(worst.got)), expected "
                + "\(Figure.short(worst.want)); \(row.mismatches) of \(row.elements) numbers differ)",
            subject: ["data", "tolerance"],
            help: "widen the types of the layers before, or state the tolerance that the precisions allow")
    }

    private static func missed(_ expectation: Expectation, _ row: SimulationRow) -> Diagnostic? {
        guard let measured = row.measured(expectation.metric) else { return nil }
        if expectation.holds(simulated: measured) { return nil }
        let shown = expectation.unit == .percent ? Figure.percent(measured) : Figure.short(measured)
        return .error(
            "output '\(row.name)': \(expectation.metric.rawValue) is \(shown), expected \(expectation.text)",
            subject: ["expect", expectation.metric.rawValue])
    }

    /// A warning for each budget that no output has a number for: an output of one number has no arg max.
    private static func silent(_ expectations: [Expectation], _ rows: [SimulationRow]) -> [Diagnostic] {
        expectations.filter { expectation in !rows.contains { $0.measured(expectation.metric) != nil } }.map {
            .warning(
                "no output has a number for \($0.metric.rawValue); its budget is not checked",
                subject: ["expect", $0.metric.rawValue])
        }
    }
}
