/// `report_utilization`: flat, hierarchical, or both.
enum UtilizationRPT {
    static func read(_ lines: [Line], _ header: VivadoHeader) throws(ReportRefusal) -> Report {
        var content = UtilizationReport()
        content.design = header.design
        content.part = header.device
        content.state = header.state
        Outline.walk(
            lines,
            table: { outline, table in
                if table.column("Instance") != nil, table.column("Module") != nil {
                    content.cells += cells(table)
                } else if table.column("Site Type") != nil, table.column("Used") != nil {
                    content.rows += sites(table, outline.chapter)
                }
            })
        summarize(&content)
        guard !content.resources.isEmpty else { throw .incomplete("utilization report") }
        return Report(tool: .vivado, version: header.version, content: .utilization(content))
    }

    private static func sites(_ table: DrawnTable, _ section: String) -> [UtilizationReport.Row] {
        table.rows.compactMap { cells in
            guard let names = table.column("Site Type"), cells.indices.contains(names) else { return nil }
            let name = cells[names].trimmed
            guard !name.isEmpty else { return nil }
            func number(_ column: String) -> Double? {
                DrawnTable.cell(cells, table.column(column)).flatMap { Number.double($0) }
            }
            return .init(
                section: section,
                site: name.withoutMarks,
                depth: max(0, cells[names].prefix { $0 == " " }.count - 1) / 2,
                used: number("Used"), available: number("Available"), percent: number("Util%"))
        }
    }

    private static func cells(_ table: DrawnTable) -> [UtilizationReport.Cell] {
        table.rows.compactMap { cells in
            guard let names = table.column("Instance"), cells.indices.contains(names) else { return nil }
            func number(_ columns: String...) -> Int? {
                for column in columns {
                    // `176(0.13%)`: percentages are printed with -hierarchical_percentages.
                    if let cell = DrawnTable.cell(cells, table.column(column)) { return Number.int(cell.before("(")) }
                }
                return nil
            }
            var resources = Resources()
            resources.lut = number("Total LUTs")
            resources.ff = number("FFs")
            resources.dsp = number("DSP Blocks", "DSP48 Blocks", "DSP Slices")
            resources.uram = number("URAM")
            if let tiles = number("RAMB36"), let blocks = number("RAMB18") {
                let (sum, overflow) = tiles.multipliedReportingOverflow(by: 2)
                if !overflow { resources.bram18 = sum &+ blocks }
            }
            return .init(
                instance: cells[names].trimmed, module: DrawnTable.cell(cells, table.column("Module")) ?? "",
                depth: max(0, cells[names].prefix { $0 == " " }.count - 1) / 2, resources: resources)
        }
    }

    /// The five resources, from the rows whose names every family spells a little differently.
    private static func summarize(_ content: inout UtilizationReport) {
        func row(_ names: String...) -> UtilizationReport.Row? {
            content.rows.first { names.contains($0.site) && $0.used != nil }
        }
        func whole(_ value: Double?) -> Int? { value.flatMap { Int(exactly: $0.rounded()) } }
        let luts = row("Slice LUTs", "CLB LUTs", "Registers LUTs")
        let registers = row("Slice Registers", "CLB Registers", "Registers")
        let tiles = row("Block RAM Tile")
        let dsps = row("DSPs", "DSP Slices", "DSP")
        let urams = row("URAM")
        content.resources = Resources(
            lut: whole(luts?.used), ff: whole(registers?.used), dsp: whole(dsps?.used),
            bram18: whole(tiles?.used.map { $0 * 2 }), uram: whole(urams?.used))
        content.available = Resources(
            lut: whole(luts?.available), ff: whole(registers?.available), dsp: whole(dsps?.available),
            bram18: whole(tiles?.available.map { $0 * 2 }), uram: whole(urams?.available))
        content.bramTiles = tiles?.used
        if content.rows.isEmpty, let top = content.cells.first { content.resources = top.resources }
    }
}
