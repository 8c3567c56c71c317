/// `csynth.rpt` of Vitis HLS: the whole design as one tree of modules and loops.
struct SummaryRPT {
    private let lines: [Line]
    private var report = CsynthReport()
    private var version: String?

    init(_ lines: [Line]) { self.lines = lines }

    func read(title: Line) throws(ReportRefusal) -> Report {
        var reader = self
        reader.report.top = title.text.quoted
        Outline.walk(lines, table: { reader.table($0, $1) }, line: { reader.fact($1) })
        // Without its first row the next one would be taken for the whole.
        guard let top = reader.report.rows.first, top.name == reader.report.top else {
            throw .incomplete("csynth report")
        }
        reader.report.latency = top.latency
        reader.report.interval = top.interval
        reader.report.pipeline = top.pipeline
        reader.report.resources = top.resources
        if let issue = top.issue { reader.report.violations = [issue] }
        return Report(tool: .vitisHLS, version: reader.version, content: .csynth(reader.report))
    }

    /// `solution1 (Vivado IP Flow Target)` gives `vivado`.
    static func flowTarget(_ solution: String) -> String? {
        guard let open = solution.after("(") else { return nil }
        return open.hasPrefix("Vivado") ? "vivado" : open.hasPrefix("Vitis") ? "vitis" : nil
    }

    private mutating func fact(_ line: Line) {
        guard report.part == nil else { return }
        if let text = line.text(after: "* Version:") { version = Number.version(text) }
        if let text = line.text(after: "* Solution:") { report.flowTarget = Self.flowTarget(text) }
        if let text = line.text(after: "* Product family:") { report.family = text }
        if let text = line.text(after: "* Target device:") { report.part = text }
    }

    private mutating func table(_ outline: Outline, _ table: DrawnTable) {
        guard let names = table.column("Modules & Loops"), report.rows.isEmpty else { return }
        var open: [String] = []
        for cells in table.rows {
            guard cells.indices.contains(names), var row = row(table, cells, cells[names]) else { continue }
            open = Array(open.prefix(row.depth))
            row.parent = open.last
            open.append(row.name)
            report.rows.append(row)
        }
    }

    /// A row's depth is the number of blanks before its `+` (module) or `o` (loop).
    private func row(_ table: DrawnTable, _ cells: [String], _ name: String) -> CsynthRow? {
        let depth = name.prefix { $0 == " " }.count
        let mark = name.dropFirst(depth).first
        guard mark == "+" || mark == "o" else { return nil }
        var label = name.dropFirst(depth + 1).trimmed
        // A star marks a dataflow region.
        if label.hasSuffix("*") { label = String(label.dropLast()) }
        var row = CsynthRow(kind: mark == "+" ? .module : .loop, name: label)
        row.depth = depth
        func cell(_ names: String...) -> String {
            for name in names { if let found = DrawnTable.cell(cells, table.column(name)) { return found } }
            return ""
        }
        // One number stands for the slowest case; only a loop's interval is the same in every case.
        row.latency = CycleRange(nil, Self.cycles(cell("Latency (cycles)", "(cycles)")).max)
        row.interval = Self.cycles(cell("Interval"))
        if row.kind == .module { row.interval.min = nil }
        row.iterationLatency = Number.int(cell("Iteration Latency"))
        row.tripCount = Self.cycles(cell("Trip Count"))
        row.pipeline = cell("Pipelined")
        row.slack = Number.double(cell("Slack"))
        let issue = cell("Issue Type")
        row.issue = issue == "-" || issue.isEmpty ? nil : issue
        // `-` is zero in this table where the tool knows the module, and nothing where it does not (loops).
        row.resources = Self.resources(table, cells, zeros: row.kind == .module)
        return row
    }

    /// Whole numbers stand as they are; from 10^7 cycles on the table rounds to `1.527e+07`.
    private static func cycles(_ text: String) -> CycleRange {
        if let range = text.after("~"), !text.hasPrefix("~") {
            return CycleRange(cycles(text.before("~")).min, cycles(range.trimmed).max)
        }
        if let value = Number.int(text) { return CycleRange(value, value) }
        guard text.contains("e"), let value = Number.double(text), abs(value) < 1e15 else { return CycleRange() }
        return CycleRange(Int(value), Int(value))
    }

    private static func resources(_ table: DrawnTable, _ cells: [String], zeros: Bool) -> Resources {
        var resources = Resources()
        for (name, cell) in zip(table.columns, cells) {
            let value = cell.trimmed == "-" && zeros ? 0 : Number.leadingInt(cell)
            _ = resources.set(name, value)
        }
        return resources
    }
}
