import Basics
import BuildEngine
import BuildReports
import Config
import Measures
import Stages
import Steps

/// The report in words: one section a subject, in the order of the road. A further subject is one more section here and
/// one more member of `json`.
struct ReportText {
    let report: ProjectReport
    let stages: [StageStatus]
    let history: BuildHistory

    init(_ report: ProjectReport, _ stages: [StageStatus], _ history: BuildHistory) {
        self.report = report
        self.stages = stages
        self.history = history
    }

    var sections: [String] { [project, layers, costs, fifos, simulation, budgets, road].filter { !$0.isEmpty } }

    private var project: String {
        report.facts.map { StageTable.pad($0.name, 9) + $0.value.visible }.joined(separator: "\n")
    }

    private var layers: String {
        guard let layers = report.layers else { return notBuilt("layers", "optimize") }
        let rows = layers.map { layer in
            [
                layer.name, layer.operation, layer.shape.map(String.init).joined(separator: "x"), layer.result,
                layer.weight ?? "", layer.bias ?? "", layer.accum ?? "", layer.strategy ?? "",
                layer.reuse.map(String.init) ?? "",
            ]
        }
        let header = ["layer", "operation", "shape", "result", "weight", "bias", "accum", "strategy", "reuse"]
        return TextTable(header: header, rows: rows).text + tables(layers) + adders(layers) + stale(.optimize)
    }

    private func tables(_ layers: [LayerRow]) -> String {
        let rows = layers.flatMap { layer in layer.tables.map { [layer.name, $0.name, $0.type] } }
        return rows.isEmpty ? "" : "\n\n" + TextTable(header: ["layer", "table", "type"], rows: rows).text
    }

    private func adders(_ layers: [LayerRow]) -> String {
        let rows = layers.compactMap { layer in
            layer.adders.map { [layer.name, String($0), String(layer.adderDepth ?? 0)] }
        }
        return rows.isEmpty ? "" : "\n\n" + TextTable(header: ["layer", "adders", "depth"], rows: rows).text
    }

    private var costs: String {
        guard let costs = report.costs else { return "" }
        let measured = costs.last?.sources.map(\.name) ?? []
        let doubts: [(String, StageName)] = [("csynth", .synth), ("vsynth", .vsynth)]
        return CostText(rows: costs, part: report.part, available: report.available).text
            + doubts.filter { measured.contains($0.0) }.map { stale($0.1, what: $0.0 + ": ") }.joined()
    }

    private var fifos: String {
        guard let fifos = report.fifos, !fifos.isEmpty else { return "" }
        let rows = fifos.map { fifo in
            [
                fifo.name, fifo.writer, fifo.reader, String(fifo.tokens),
                String(fifo.depth) + (fifo.isStated ? " (stated)" : ""), fifo.synthesised.map(String.init) ?? "",
                fifo.peak.map(String.init) ?? "",
            ]
        }
        let isMeasured = fifos.contains { $0.synthesised != nil || $0.peak != nil }
        return TextTable(header: ["fifo", "from", "to", "elements", "depth", "csynth", "cosim peak"], rows: rows).text
            + (isMeasured ? stale(.synth, what: "csynth and cosim: ") : "")
    }

    private var simulation: String {
        guard report.hasData else {
            return report.states.doubt(.csim) == nil
                ? "C simulation: compiled, nothing was simulated: the project file names no data ('data: {input: ...}')"
                : notBuilt("C simulation", "csim")
        }
        guard let outputs = report.simulation else { return notBuilt("C simulation", "csim") }
        let rows = outputs.map { output in
            [
                output.name, String(output.samples), Figure.short(output.maxError),
                Figure.short(output.meanError), output.equal, output.argmaxAgreement.map(Figure.percent) ?? "",
                report.tolerance ?? "", output.reference == .model ? "the model as trained" : "",
            ]
        }
        let header = ["output", "samples", "max error", "mean error", "equal", "same arg max", "tolerance", "against"]
        return TextTable(header: header, rows: rows).text + classes(outputs) + stale(.csim)
    }

    /// How well outputs tell classes apart, where there are labels.
    private func classes(_ outputs: [SimulationRow]) -> String {
        let rows = outputs.flatMap { output -> [[String]] in
            guard let found = output.classification else { return [] }
            let accuracy = [
                output.name, "accuracy", "", Figure.percent(found.accuracy.firmware),
                Figure.percent(found.accuracy.float),
            ]
            return [accuracy]
                + found.classes.map { row in
                    func area(_ value: Double?) -> String { value.map(Figure.short) ?? "none: \(row.undefined)" }
                    return [
                        output.name, "ROC AUC of class \(row.index)", String(row.positives), area(row.firmware),
                        area(row.float),
                    ]
                }
        }
        let header = ["output", "labels", "samples", "firmware", "as trained"]
        return rows.isEmpty ? "" : "\n\n" + TextTable(header: header, rows: rows).text
    }

    private var budgets: String {
        let rows = report.budgets.map { row in
            let by = row.verdict == .notJudged ? ": \(row.stage.rawValue) measures it" : ""
            return [
                row.metric, row.limit, row.text(row.estimate), row.text(row.measured), row.verdict.rawValue + by,
            ]
        }
        return rows.isEmpty
            ? "" : TextTable(header: ["budget", "limit", "estimate", "measured", "verdict"], rows: rows).text
    }

    private var road: String {
        let rows = stages.map { stage -> [String] in
            guard let last = history[stage.name] else { return [stage.name, stage.state.name, "", "", "", ""] }
            let outcome = StageOutcome(rawValue: last.outcome)
            let counts = ActionCounts(
                run: last.actions.run, cached: last.actions.cached, current: last.actions.current)
            let why = last.why.split(separator: "\n").first.map(String.init) ?? ""
            return [
                stage.name, stage.state.name, outcome?.word ?? last.outcome, StageTable.counts(counts),
                StageTable.duration(last.seconds), why,
            ]
        }
        return TextTable(header: ["stage", "now", "last time", "actions", "time", "why"], rows: rows).text
    }

    private func notBuilt(_ what: String, _ stage: String) -> String {
        "\(what): not built yet, 'hlsbuild \(stage)' builds it"
    }

    /// A line for figures that are not those of the project file as it stands.
    private func stale(_ stage: StageName, what: String = "") -> String {
        report.states.doubt(stage).map { "\n(\(what)of an earlier build: \($0) now)" } ?? ""
    }
}

extension ReportText {
    /// The same as one JSON object.
    static func json(_ report: ProjectReport, _ stages: [StageStatus], _ history: BuildHistory) -> JSONValue {
        let facts = report.facts.map { JSONValue.Member($0.name, .string($0.value)) }
        let design = report.states.currency(of: .optimize), simulation = report.states.currency(of: .csim)
        let rows = stages.map { stage -> JSONValue in
            .object([
                "name": .string(stage.name), "state": .string(stage.state.name), "why": .string(stage.state.why),
                "last": history[stage.name]?.json ?? .null,
            ])
        }
        return .object(
            [JSONValue.Member("event", .string("report"))] + facts + [
                JSONValue.Member("layers", report.layers.map { .array($0.map { layer($0, of: design) }) } ?? .null),
                JSONValue.Member(
                    "costs", report.costs.map { .array($0.map { CostText.json($0, report.states) }) } ?? .null),
                JSONValue.Member("estimate_residuals", CostText.residuals),
                JSONValue.Member("fifos", report.fifos.map { .array($0.map { fifo($0, report.states) }) } ?? .null),
                JSONValue.Member(
                    "csim", report.simulation.map { .array($0.map { output($0, of: simulation) }) } ?? .null),
                JSONValue.Member("tolerance", report.tolerance.map(JSONValue.string) ?? .null),
                JSONValue.Member(
                    "expect", .object(report.budgets.map { JSONValue.Member($0.metric, .string($0.limit)) })),
                JSONValue.Member("budgets", .array(report.budgets.map(budget))),
                JSONValue.Member("stages", .array(rows)),
            ])
    }

    private static func layer(_ row: LayerRow, of build: Currency) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        return .object([
            "name": .string(row.name), "operation": .string(row.operation),
            "shape": .array(row.shape.map(JSONValue.int)), "result": .string(row.result), "weight": text(row.weight),
            "bias": text(row.bias), "accum": text(row.accum),
            "tables": .object(row.tables.map { JSONValue.Member($0.name, .string($0.type)) }),
            "adders": row.adders.map(JSONValue.int) ?? .null,
            "adder_depth": row.adderDepth.map(JSONValue.int) ?? .null,
            "strategy": text(row.strategy), "reuse": row.reuse.map(JSONValue.int) ?? .null,
            "of": .string(build.rawValue),
        ])
    }

    private static func fifo(_ row: FIFORow, _ states: StageStates) -> JSONValue {
        .object([
            "name": .string(row.name), "writer": .string(row.writer), "reader": .string(row.reader),
            "elements": .int(row.tokens), "depth": .int(row.depth), "stated": .bool(row.isStated),
            "synth": row.synthesised.map(JSONValue.int) ?? .null, "cosim_peak": row.peak.map(JSONValue.int) ?? .null,
            "of": .string(states.currency(of: .optimize).rawValue),
            "measured_of": .string(states.currency(of: .synth).rawValue),
        ])
    }

    private static func budget(_ row: BudgetRow) -> JSONValue {
        .object([
            "metric": .string(row.metric), "limit": .string(row.limit), "unit": .string(row.unit.rawValue),
            "estimate": row.estimate.map(JSONValue.double) ?? .null,
            "measured": row.measured.map(JSONValue.double) ?? .null, "verdict": .string(row.verdict.rawValue),
            "stage": .string(row.stage.rawValue),
        ])
    }

    private static func output(_ row: SimulationRow, of build: Currency) -> JSONValue {
        .object(row.members + [JSONValue.Member("of", .string(build.rawValue))])
    }
}
