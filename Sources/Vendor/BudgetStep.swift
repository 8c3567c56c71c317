internal import Basics
internal import BuildEngine
internal import Config
internal import Reports
internal import Measures

/// The budgets of the project file held against what a vendor's tool reported.
///
/// A step of its own: a budget that is missed fails the stage and not the tool's run, whose result stays known, and
/// another budget is checked without running a tool.
enum BudgetStep: PureStep {
    static let name = "budget"
    static let version = 2

    struct Settings: Encodable, Sendable {
        var tool: BudgetTool
        /// Those of the project that this tool measures.
        var expectations: [Expectation]
        /// The clock period in ns, for a latency in time.
        var period: Ratio
        /// For budgets in percent.
        var part: String
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        var measured = Budget.Measured()
        var unread: [Diagnostic] = []
        for name in inputs.names {
            do {
                add(try ReportReader.read(inputs.bytes(name), name: name), to: &measured)
            } catch let refusal as ReportRefusal {
                unread.append(.error("budgets cannot be checked: \(name): \(refusal.reason)", subject: ["expect"]))
            }
        }
        if !unread.isEmpty { throw DiagnosticError(unread) }
        let found = Budget.check(
            settings.expectations, measured, period: settings.period.double, part: settings.part)
        let diagnostics = found.map { told($0, by: settings.tool) } + silent(settings, measured)
        if diagnostics.contains(where: { $0.severity == .error }) { throw DiagnosticError(diagnostics) }
        return PureResult([], diagnostics: diagnostics)
    }

    private static func add(_ report: Report, to measured: inout Budget.Measured) {
        switch report.content {
        case .csynth(let report):
            measured.cost = Cost(report.resources, latency: report.latency, interval: report.interval)
            measured.available = Cost(report.available)
            measured.clock = report.clock.estimated
        case .utilization(let report):
            measured.cost = Cost(report.resources)
            measured.available = Cost(report.available)
        case .timing(let report): measured.slack = report.setup.worst
        case .power(let report): measured.watts = report.total
        case .cosim, .export, .log, .ip, .tables: break
        }
    }

    private static func told(_ diagnostic: Diagnostic, by tool: BudgetTool) -> Diagnostic {
        var diagnostic = diagnostic
        diagnostic.message = "\(tool.title): \(diagnostic.message)"
        if diagnostic.severity == .error, diagnostic.help == nil {
            diagnostic.help = "the tool's results are kept; another budget is checked without running it again"
        }
        return diagnostic
    }

    /// A warning for each budget whose number the reports lack: a latency that depends on the data, for example.
    private static func silent(_ settings: Settings, _ measured: Budget.Measured) -> [Diagnostic] {
        settings.expectations.filter { !Budget.isStated($0.metric, in: measured) }.map { expectation in
            .warning(
                "\(settings.tool.title) states no \(expectation.metric.rawValue); its budget is not checked",
                subject: ["expect", expectation.metric.rawValue])
        }
    }
}

/// A vendor's tool whose reports have what budgets limit.
enum BudgetTool: String, Encodable, Sendable {
    case csynth, vsynth

    var title: String {
        switch self {
        case .csynth: "C synthesis"
        case .vsynth: "Vivado"
        }
    }

    /// The file of the stage's `report/` that states the metric; nil: the tool does not measure it.
    func report(on metric: Expectation.Metric) -> String? {
        switch (self, metric) {
        case (.csynth, .lut), (.csynth, .ff), (.csynth, .dsp), (.csynth, .bram), (.csynth, .uram),
            (.csynth, .latency), (.csynth, .interval), (.csynth, .clock):
            "csynth.xml"
        case (.vsynth, .lut), (.vsynth, .ff), (.vsynth, .dsp), (.vsynth, .bram), (.vsynth, .uram): "utilization.rpt"
        case (.vsynth, .slack): "timing.rpt"
        case (.vsynth, .power): "power.rpt"
        case (.csynth, .slack), (.csynth, .power), (.vsynth, .latency), (.vsynth, .interval), (.vsynth, .clock),
            (_, .argmaxAgreement), (_, .accuracy), (_, .maxError), (_, .meanError), (_, .mismatches):
            nil
        }
    }
}

extension VendorSite {
    /// Fails the stage if what `tool` measured is not within the budgets; no step if there are none for it.
    ///
    /// - Parameter tidy: what the stage lays out; it must have been laid out before, so that it is there to look at.
    func checkBudgets(of tool: BudgetTool, _ tidy: StepResult, _ context: StageContext) async throws {
        let expectations = project.expectations.filter { tool.report(on: $0.metric) != nil }
        if expectations.isEmpty { return }
        // No report but those that are asked of: another's change means nothing here.
        let reports = Set(expectations.compactMap { tool.report(on: $0.metric) }).sorted()
        _ = try await context.run(
            BudgetStep.self, "budget",
            settings: BudgetStep.Settings(
                tool: tool, expectations: expectations, period: project.clock.period, part: project.part),
            inputs: try reports.map { StepInput($0, try tidy.output("report/" + $0)) })
    }
}
