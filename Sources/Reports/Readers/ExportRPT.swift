/// Export reports in text: the short `<top>_export.rpt`, and the long ones of Vitis HLS (`export_syn.rpt`,
/// `export_impl.rpt`, `hls_impl_syn.rpt`, `hls_impl_pnr.rpt`).
enum ExportRPT {
    static func readSummary(_ lines: [Line]) throws(ReportRefusal) -> Report {
        var content = ExportReport()
        var version: String?
        for line in lines {
            let text = line.text
            if text.hasPrefix("#===") {
                if text.contains("Post-Synthesis") { content.stage = .synthesis }
                if text.contains("Post-Implementation") { content.stage = .implementation }
                continue
            }
            if text.trimmed == "Timing met" { content.timingMet = true }
            if text.trimmed == "Timing not met" { content.timingMet = false }
            guard let value = text.after(":")?.trimmed else { continue }
            switch text.before(":").trimmed {
            case "Implementation tool": version = Number.version(value)
            case "Device target": content.part = value
            case "CP required": content.target = Number.double(value)
            case "CP achieved post-synthesis": content.achievedSynthesis = Number.double(value)
            case "CP achieved post-implementation": content.achievedRoute = Number.double(value)
            case let name: count(name, value, &content)
            }
        }
        switch content.stage {
        case .synthesis: content.achieved = content.achievedSynthesis
        case .implementation: content.achieved = content.achievedRoute
        case nil: content.achieved = content.achievedRoute ?? content.achievedSynthesis
        }
        // The last line; without it a number before may be cut in two.
        guard !content.resources.isEmpty, content.timingMet != nil else { throw .incomplete("export report") }
        return Report(tool: .vivado, version: version, content: .export(content))
    }

    private static func count(_ name: String, _ value: String, _ content: inout ExportReport) {
        guard let number = Number.int(value) else { return }
        if content.resources.set(name, number) { return }
        if ["SLICE", "CLB", "LATCH", "SRL"].contains(name) { content.others.append(.init(name: name, value: number)) }
    }

    static func readVitis(_ lines: [Line], stage: ExportReport.Stage) throws(ReportRefusal) -> Report {
        var content = ExportReport(stage: stage)
        var version: String?
        Outline.walk(
            lines,
            table: { outline, table in
                if outline.chapter.hasSuffix("Timing Summary") { periods(table, &content) }
                if outline.chapter.hasSuffix(" Resources"), content.rows.isEmpty { content.rows = cells(table) }
            },
            line: { outline, line in
                if outline.chapter.hasSuffix("Resource Summary") {
                    let text = line.text
                    if let value = text.after(":") { count(text.before(":").trimmed, value, &content) }
                }
                if line.starts(with: "* Timing was met") { content.timingMet = true }
                if line.starts(with: "* Timing was NOT met") { content.timingMet = false }
                if let text = line.text(after: "* Version:") { version = Number.version(text) }
                if let text = line.text(after: "* Product family:") { content.family = text }
                if let text = line.text(after: "* Target device:") { content.part = text }
            })
        guard !content.resources.isEmpty else { throw .incomplete("export report") }
        return Report(tool: .vitisHLS, version: version, content: .export(content))
    }

    private static func periods(_ table: DrawnTable, _ content: inout ExportReport) {
        for row in table.rows {
            let value = DrawnTable.cell(row, table.column("Period (ns)")).flatMap { Number.leadingDouble($0) }
            switch DrawnTable.cell(row, table.column("Timing")) {
            case "Target": content.target = value
            case "Post-Synthesis": content.achievedSynthesis = value
            case "Post-Route": content.achievedRoute = value
            default: break
            }
        }
        content.achieved = content.achievedRoute ?? content.achievedSynthesis
    }

    /// The tree of cells; two blanks a level.
    private static func cells(_ table: DrawnTable) -> [CsynthRow] {
        guard let names = table.column("Name") else { return [] }
        var open: [String] = []
        return table.rows.compactMap { cells in
            guard cells.indices.contains(names), !cells[names].trimmed.isEmpty else { return nil }
            var row = CsynthRow(kind: .module, name: cells[names].trimmed)
            row.depth = max(0, cells[names].prefix { $0 == " " }.count - 1) / 2
            open = Array(open.prefix(row.depth))
            row.parent = open.last
            open.append(row.name)
            row.resources = ModuleRPT.resources(table, cells)
            return row
        }
    }
}
