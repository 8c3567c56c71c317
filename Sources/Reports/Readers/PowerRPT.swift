/// `report_power`.
enum PowerRPT {
    static func read(_ lines: [Line], _ header: VivadoHeader) throws(ReportRefusal) -> Report {
        var content = PowerReport()
        content.design = header.design
        content.part = header.device
        content.state = header.state
        Outline.walk(
            lines,
            table: { outline, table in
                if table.columns.count == 2, outline.chapter == "Summary" {
                    for row in table.rows { fact(row, &content) }
                } else if let names = table.column("On-Chip") {
                    content.components += shares(table, names)
                } else if let names = table.column("Name"), table.column("Power (W)") != nil {
                    content.hierarchy += shares(table, names)
                }
            })
        guard content.total != nil else { throw .incomplete("power report") }
        return Report(tool: .vivado, version: header.version, content: .power(content))
    }

    private static func fact(_ row: [String], _ content: inout PowerReport) {
        guard row.count == 2 else { return }
        let value = row[1].trimmed
        // `3.566 (Junction temp exceeded!)` occurs.
        let number = Number.leadingDouble(value.before(" "))
        switch row[0].trimmed {
        case "Total On-Chip Power (W)": content.total = number
        case "Dynamic (W)": content.dynamic = number
        case "Device Static (W)": content.static = number
        case "Junction Temperature (C)": content.junctionTemperature = number
        case "Confidence Level": content.confidence = value
        default: break
        }
    }

    private static func shares(_ table: DrawnTable, _ names: Int) -> [PowerReport.Share] {
        table.rows.compactMap { row in
            guard row.indices.contains(names), !row[names].trimmed.isEmpty else { return nil }
            let watts = DrawnTable.cell(row, table.column("Power (W)")).flatMap { Number.double($0) }
            return .init(
                name: row[names].trimmed, depth: max(0, row[names].prefix { $0 == " " }.count - 1) / 2, watts: watts)
        }
    }
}
