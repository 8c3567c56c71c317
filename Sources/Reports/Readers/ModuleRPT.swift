/// `<name>_csynth.rpt`: one function's report, of Vivado HLS and of Vitis HLS.
struct ModuleRPT {
    private let lines: [Line]
    private var report = CsynthReport()
    private var version: String?
    /// Rows by instance, so that the tables of latency and of resources meet.
    private var rows: [CsynthRow] = []
    private var rowOfInstance: [String: Int] = [:]
    private var loops: [CsynthRow] = []

    init(_ lines: [Line]) { self.lines = lines }

    func read(title: Line) throws(ReportRefusal) -> Report {
        var reader = self
        reader.report.top = title.text.quoted
        Outline.walk(
            lines, table: { reader.table($0, $1) }, line: { reader.fact($0, $1) })
        guard reader.report.resources != Resources() else { throw .incomplete("csynth report") }
        reader.report.rows = reader.loops + reader.rows
        let tool: Report.Tool = title.contains("Vivado HLS") ? .vivadoHLS : .vitisHLS
        return Report(tool: tool, version: reader.version, content: .csynth(reader.report))
    }

    private mutating func fact(_ outline: Outline, _ line: Line) {
        guard version == nil || report.part == nil else { return }
        if let text = line.text(after: "* Version:") { version = Number.version(text) }
        if let text = line.text(after: "* Product family:") { report.family = text }
        if let text = line.text(after: "* Target device:") { report.part = text }
        if let text = line.text(after: "* Solution:") { report.flowTarget = SummaryRPT.flowTarget(text) }
    }

    private mutating func table(_ outline: Outline, _ table: DrawnTable) {
        switch (outline.chapter, outline.heading) {
        case ("Performance Estimates", "Summary") where outline.outerHeading.hasPrefix("Timing"): timing(table)
        case ("Performance Estimates", "Summary"): latency(table)
        case ("Performance Estimates", "Instance"): instances(table)
        case ("Performance Estimates", "Loop"): loop(table)
        case ("Utilization Estimates", "Summary"): utilization(table)
        case ("Utilization Estimates", "Instance"): instanceResources(table)
        default: break
        }
    }

    private mutating func timing(_ table: DrawnTable) {
        guard let row = table.rows.first else { return }
        func value(_ name: String) -> Double? {
            DrawnTable.cell(row, table.column(name)).flatMap { Number.leadingDouble($0) }
        }
        report.clock.target = value("Target")
        report.clock.estimated = value("Estimated")
        report.clock.uncertainty = value("Uncertainty")
    }

    private func cycles(_ table: DrawnTable, _ row: [String], _ names: String...) -> CycleRange {
        func value(_ end: String) -> Int? {
            for name in names {
                if let cell = DrawnTable.cell(row, table.column(name + " " + end)) { return Number.int(cell) }
            }
            return nil
        }
        return CycleRange(value("min"), value("max"))
    }

    private mutating func latency(_ table: DrawnTable) {
        guard let row = table.rows.first, table.column("Pipeline Type") != nil else { return }
        report.latency = cycles(table, row, "Latency", "Latency (cycles)")
        report.interval = cycles(table, row, "Interval")
        report.pipeline = DrawnTable.cell(row, table.column("Pipeline Type"))
    }

    private mutating func instances(_ table: DrawnTable) {
        for row in table.rows {
            guard let index = instance(table, row) else { continue }
            rows[index].latency = cycles(table, row, "Latency", "Latency (cycles)")
            rows[index].interval = cycles(table, row, "Interval")
            rows[index].pipeline = DrawnTable.cell(row, table.column("Pipeline Type"))
        }
    }

    /// The row of the instance that a table row is about; a total is about none.
    private mutating func instance(_ table: DrawnTable, _ row: [String]) -> Int? {
        guard let name = DrawnTable.cell(row, table.column("Instance")), !name.isEmpty,
            let module = DrawnTable.cell(row, table.column("Module")), !module.isEmpty
        else { return nil }
        if let index = rowOfInstance[name] { return index }
        var new = CsynthRow(kind: .module, name: module)
        new.instances = [name]
        new.parent = report.top
        new.depth = 1
        rowOfInstance[name] = rows.count
        rows.append(new)
        return rows.count - 1
    }

    private mutating func loop(_ table: DrawnTable) {
        var open: [String] = []
        for row in table.rows {
            guard let text = DrawnTable.cell(row, table.column("Loop Name")), !text.isEmpty else { continue }
            // `- outer`, ` + inner`, `  ++ innermost`.
            let marks = text.prefix { $0 == "-" || $0 == "+" }
            let depth = marks.first == "+" ? marks.count : 0
            var new = CsynthRow(kind: .loop, name: text.dropFirst(marks.count).trimmed)
            open = Array(open.prefix(depth))
            new.parent = open.last ?? report.top
            open.append(new.name)
            new.depth = depth + 1
            new.latency = cycles(table, row, "Latency", "Latency (cycles)")
            new.iterationLatency = DrawnTable.cell(row, table.column("Iteration Latency")).flatMap { Number.int($0) }
            let achieved = DrawnTable.cell(row, table.column("Initiation Interval achieved"))
            new.interval = achieved.map { Number.range($0) } ?? CycleRange()
            new.tripCount = DrawnTable.cell(row, table.column("Trip Count")).map { Number.range($0) } ?? CycleRange()
            new.pipeline = DrawnTable.cell(row, table.column("Pipelined"))
            loops.append(new)
        }
    }

    private mutating func utilization(_ table: DrawnTable) {
        for row in table.rows {
            switch DrawnTable.cell(row, table.column("Name")) {
            case "Total": report.resources = Self.resources(table, row)
            case "Available": report.available = Self.resources(table, row)
            default: break
            }
        }
    }

    private mutating func instanceResources(_ table: DrawnTable) {
        for row in table.rows {
            guard let index = instance(table, row) else { continue }
            rows[index].resources = Self.resources(table, row)
        }
    }

    static func resources(_ table: DrawnTable, _ row: [String]) -> Resources {
        var resources = Resources()
        for (name, cell) in zip(table.columns, row) { _ = resources.set(name, Number.leadingInt(cell)) }
        return resources
    }
}
