import Basics
import Reports

/// A report of a vendor tool in words: the numbers that people look for; `--json` has all of them.
struct ReportReadText {
    private var facts: [(name: String, value: String)] = []
    private var tables: [TextTable] = []
    private var notes: [String] = []

    /// Rows of one table; what is more is counted, and whole in `--json`.
    private static let most = 40
    /// Of the runs that a log tells of, so many of the last are shown.
    private static let mostRuns = 8

    init(_ report: Report) {
        facts.append(("kind", report.kind))
        add("tool", [report.tool?.rawValue, report.version].compactMap { $0 }.joined(separator: " "))
        switch report.content {
        case .csynth(let content): describe(content)
        case .cosim(let content): describe(content)
        case .export(let content): describe(content)
        case .utilization(let content): describe(content)
        case .timing(let content): describe(content)
        case .power(let content): describe(content)
        case .log(let content): describe(content)
        case .ip(let content): describe(content)
        case .tables(let content): describe(content)
        }
    }

    var text: String {
        let width = (facts.map(\.name.count).max() ?? 0) + 2
        let head = facts.map { StageTable.trimmed(StageTable.pad($0.name, width) + $0.value) }.joined(separator: "\n")
        let body = tables.filter { !$0.rows.isEmpty }.map { table in
            let shown = TextTable(header: table.header, rows: Array(table.rows.prefix(Self.most))).text
            let more = table.rows.count - Self.most
            return more > 0 ? shown + "\n(and \(more) more: --json has all)" : shown
        }
        return ([head] + body + notes).joined(separator: "\n\n")
    }

    // MARK: kinds

    private mutating func describe(_ report: CsynthReport) {
        add("part", report.part)
        add("top", report.top)
        add("clock", Self.clock(report.clock.target, "estimated", report.clock.estimated))
        add("latency", Self.cycles(report.latency))
        add("interval", Self.cycles(report.interval))
        add("pipeline", report.pipeline)
        add("violations", report.violations.joined(separator: ", "))
        add(report.resources, of: report.available)
        add(rows: report.rows)
    }

    private mutating func describe(_ report: CosimReport) {
        add("simulator", report.simulator)
        add("transactions", report.transactions.map(String.init))
        tables.append(
            TextTable(
                header: ["RTL", "status", "latency", "interval", "total"],
                rows: report.rows.map { row in
                    [
                        row.rtl, row.status?.rawValue ?? "", Self.cycles(row.latency), Self.cycles(row.interval),
                        row.total.map { "\($0) cycles" } ?? "",
                    ]
                }))
    }

    private mutating func describe(_ report: ExportReport) {
        add("stage", report.stage?.rawValue)
        add("part", report.part)
        add("clock", Self.clock(report.target, "achieved", report.achieved))
        add("timing", Self.met(report.timingMet))
        add("slack", Self.nanoseconds(report.wns))
        add(report.resources, of: report.available)
        add(rows: report.rows)
    }

    private mutating func describe(_ report: UtilizationReport) {
        add("design", report.design)
        add("part", report.part)
        add("state", report.state)
        add(report.resources, of: report.available)
        tables.append(
            TextTable(
                header: ["cell", "module"] + Self.names,
                rows: report.cells.map { cell in
                    [Self.indented(cell.instance, cell.depth), cell.module] + Self.counts(cell.resources)
                }))
    }

    private mutating func describe(_ report: TimingReport) {
        add("design", report.design)
        add("part", report.part)
        add("timing", Self.met(report.met))
        func row(_ name: String, _ slack: TimingReport.Slack) -> [String] {
            [
                name, Self.nanoseconds(slack.worst) ?? "", Self.nanoseconds(slack.total) ?? "",
                Self.count(slack.failing), Self.count(slack.endpoints),
            ]
        }
        tables.append(
            TextTable(
                header: ["check", "worst slack", "total", "failing", "endpoints"],
                rows: [
                    row("setup", report.setup), row("hold", report.hold), row("pulse width", report.pulseWidth),
                ].filter { $0.dropFirst().contains { !$0.isEmpty } }))
        tables.append(
            TextTable(
                header: ["clock", "period", "MHz", "worst slack"],
                rows: report.clocks.map { clock in
                    [
                        clock.name, Self.nanoseconds(clock.period) ?? "", Self.number(clock.frequency),
                        Self.nanoseconds(clock.wns) ?? "",
                    ]
                }))
        add("worst path", Self.nanoseconds(report.worstPath))
    }

    private mutating func describe(_ report: PowerReport) {
        add("design", report.design)
        add("part", report.part)
        add("total", report.total.map { "\($0) W" })
        add("dynamic", report.dynamic.map { "\($0) W" })
        add("static", report.static.map { "\($0) W" })
        add("junction", report.junctionTemperature.map { "\($0) C" })
        add("confidence", report.confidence)
        tables.append(
            TextTable(
                header: ["on chip", "W"],
                rows: report.components.map { [Self.indented($0.name, $0.depth), Self.number($0.watts)] }))
    }

    private mutating func describe(_ report: LogReport) {
        add("command", report.mode)
        add("outcome", report.outcome.rawValue)
        add("marker", report.marker)
        tables.append(
            TextTable(
                header: ["run", "outcome", "line"],
                rows: report.sessions.enumerated().suffix(Self.mostRuns).map {
                    [String($0 + 1), $1.outcome.rawValue, String($1.line)]
                }))
        tables.append(
            TextTable(
                header: ["step", "outcome", "line"],
                rows: report.phases.map { [$0.name, $0.outcome.rawValue, String($0.line)] }))
        let causes = report.causes + report.warnings
        for cause in causes.prefix(Self.most) { notes.append(Self.words(cause)) }
        if causes.count > Self.most { notes.append("(and \(causes.count - Self.most) more: --json has all)") }
    }

    private mutating func describe(_ report: IPReport) {
        let name = [report.vendor, report.library, report.name, report.ipVersion].map { $0 ?? "?" }
        add("core", name.joined(separator: ":"))
        add("display name", report.displayName)
        add("revision", report.coreRevision.map(String.init))
        add("created", report.created)
        add("families", report.families.joined(separator: ", "))
    }

    private mutating func describe(_ report: TablesReport) {
        add("design", report.design)
        add("part", report.part)
        for fact in report.facts { add(fact.name, fact.value.map(String.init)) }
        for table in report.tables { tables.append(TextTable(header: table.columns, rows: table.rows)) }
    }

    // MARK: words

    private mutating func add(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { facts.append((name.visible, value.visible)) }
    }

    private mutating func add(_ used: Resources, of available: Resources) {
        guard !used.isEmpty else { return }
        let percent = zip(Self.values(used), Self.values(available)).map { used, all -> String in
            guard let used, let all, all > 0 else { return "" }
            return Percent.text(Double(used), of: Double(all))
        }
        var rows = [["used"] + Self.counts(used)]
        if !available.isEmpty { rows += [["of the part"] + Self.counts(available), ["percent"] + percent] }
        tables.append(TextTable(header: ["resources"] + Self.names, rows: rows))
    }

    private mutating func add(rows: [CsynthRow]) {
        tables.append(
            TextTable(
                header: ["module or loop", "latency", "interval", "trips", "pipeline"] + Self.names + ["issue"],
                rows: rows.map { row in
                    [
                        Self.indented(row.name, row.depth), Self.cycles(row.latency), Self.cycles(row.interval),
                        Self.range(row.tripCount), row.pipeline ?? "",
                    ] + Self.counts(row.resources) + [row.issue ?? ""]
                }))
    }

    private static let names = ["LUT", "FF", "DSP", "BRAM_18K", "URAM"]

    private static func values(_ resources: Resources) -> [Int?] {
        [resources.lut, resources.ff, resources.dsp, resources.bram18, resources.uram]
    }

    private static func counts(_ resources: Resources) -> [String] { values(resources).map(count) }

    private static func count(_ value: Int?) -> String { value.map(String.init) ?? "" }

    private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

    private static func indented(_ name: String, _ depth: Int) -> String {
        String(repeating: "  ", count: max(0, min(depth, 20))) + name
    }

    private static func range(_ range: CycleRange) -> String {
        switch (range.min, range.max) {
        case (nil, nil): ""
        case (let low?, let high?) where low == high: "\(low)"
        case (let low, let high):
            "\(count(low).isEmpty ? "?" : count(low)) to \(count(high).isEmpty ? "?" : count(high))"
        }
    }

    private static func cycles(_ range: CycleRange) -> String {
        let text = Self.range(range)
        return text.isEmpty ? "" : text + " cycles"
    }

    private static func nanoseconds(_ value: Double?) -> String? { value.map { "\($0) ns" } }

    private static func clock(_ target: Double?, _ word: String, _ other: Double?) -> String {
        [target.map { "target \($0) ns" }, other.map { "\(word) \($0) ns" }].compactMap { $0 }.joined(separator: ", ")
    }

    private static func met(_ met: Bool?) -> String? { met.map { $0 ? "met" : "not met" } }

    private static func words(_ cause: LogReport.Cause) -> String {
        var head = cause.severity == .criticalWarning ? "critical warning" : cause.severity.rawValue
        if let code = cause.code { head += " [\(code)]" }
        head += " (\(cause.failure.rawValue)), line \(cause.line)"
        if cause.count > 1 { head += ", \(cause.count) times" }
        if cause.recovered {
            head += ", made good later"
        } else if cause.isEarlier {
            head += ", in an earlier run"
        }
        var text = head.visible + ": " + cause.text.visible
        if let file = cause.file {
            text += "\n  in \(file.visible)" + (cause.sourceLine.map { ":\($0)" } ?? "")
        }
        return cause.help.isEmpty ? text : text + "\n  help: " + cause.help.visible
    }
}

/// Percentages as people read them.
enum Percent {
    static func text(_ value: Double, of all: Double) -> String {
        guard all > 0 else { return "" }
        let tenths = (value / all * 1000).rounded()
        return tenths.isFinite && abs(tenths) < 1e15 ? "\(tenths / 10) %" : ""
    }
}
