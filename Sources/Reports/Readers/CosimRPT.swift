/// Co-simulation reports: `<top>_cosim.rpt`, `lat.rpt`, `result.transaction.rpt` and its namesake ending in `.xml`,
/// which is no XML.
enum CosimRPT {
    static func read(_ lines: [Line]) throws(ReportRefusal) -> Report {
        var content = CosimReport()
        for line in lines {
            if let text = line.text(after: "Solution          :") { content.solution = stripped(text) }
            if let text = line.text(after: "Simulation tool   :") { content.simulator = stripped(text) }
        }
        guard let table = CosimTable(lines) else { throw .incomplete("co-simulation report") }
        for cells in table.rows {
            guard let rtl = table.cell(cells, "RTL"), !rtl.isEmpty,
                let status = table.cell(cells, "Status").flatMap(status)
            else { continue }
            func value(_ group: String, _ statistic: String) -> Int? {
                table.cell(cells, group, statistic).flatMap { Number.int($0) }
            }
            var row = CosimReport.Row(rtl: rtl)
            row.status = status
            row.latency = CycleRange(value("Latency", "min"), value("Latency", "max"))
            row.averageLatency = value("Latency", "avg")
            row.interval = CycleRange(value("Interval", "min"), value("Interval", "max"))
            row.averageInterval = value("Interval", "avg")
            row.total = value("Total Execution Time", "")
            content.rows.append(row)
        }
        guard !content.rows.isEmpty else { throw .incomplete("co-simulation report") }
        // Units in the headings came with Vitis HLS; releases are not stated.
        let tool: Report.Tool = table.columns.contains { $0.contains("Clock Cycles") } ? .vitisHLS : .vivadoHLS
        return Report(tool: tool, version: nil, content: .cosim(content))
    }

    private static func status(_ text: String) -> CosimReport.Status? {
        switch text.lowercased() {
        case "pass": .pass
        case "fail": .fail
        case "na": .notRun
        default: nil
        }
    }

    private static func stripped(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }

    /// `$MAX_LATENCY = "616"` and so on. `THROUGHPUT` is the interval; 0 means that one call has none.
    static func readLatency(_ lines: [Line]) throws(ReportRefusal) -> Report {
        var row = CosimReport.Row(rtl: "")
        func interval(_ value: Int?) -> Int? { value == 0 ? nil : value }
        for line in lines {
            let text = line.text
            // A number without its closing quote is cut off.
            guard text.hasPrefix("$"), let quoted = text.after("\""), quoted.contains("\"") else { continue }
            let value = Number.int(quoted.before("\""))
            switch text.dropFirst().prefix(while: { $0 != " " && $0 != "=" }) {
            case "MAX_LATENCY": row.latency.max = value
            case "MIN_LATENCY": row.latency.min = value
            case "AVER_LATENCY": row.averageLatency = value
            case "MAX_THROUGHPUT": row.interval.max = interval(value)
            case "MIN_THROUGHPUT": row.interval.min = interval(value)
            case "AVER_THROUGHPUT": row.averageInterval = interval(value)
            case "TOTAL_EXECUTE_TIME": row.total = value
            default: break
            }
        }
        guard row.latency.max != nil else { throw .incomplete("latency report") }
        // Only Vitis HLS states the whole time.
        return Report(tool: row.total == nil ? nil : .vitisHLS, version: nil, content: .cosim(CosimReport(rows: [row])))
    }

    /// One line a call: its latency and the cycles to the next call. Calls are numbered and columns as wide as in the
    /// first line, so that a list that lacks some or ends within a number is told from a whole one.
    static func readTransactions(_ lines: [Line]) throws(ReportRefusal) -> Report {
        var latencies = Statistics()
        var intervals = Statistics()
        var calls = 0
        var width = 0
        let first = lines.firstIndex { $0.contains("latency        interval") } ?? lines.startIndex
        for line in lines[first...].dropFirst() where !line.isBlank {
            if calls == 0 { width = line.bytes.count }
            let number = line.text.before(":").words.last.flatMap { Int($0) }
            guard let values = line.text.after(":")?.words, values.count >= 2, number == calls,
                line.starts(with: "transaction"), line.bytes.count >= width
            else { throw .incomplete("list of transactions") }
            calls += 1
            latencies.add(Number.int(values[0]))
            intervals.add(Number.int(values[1]))
        }
        guard latencies.count > 0 else { throw .incomplete("list of transactions") }
        var row = CosimReport.Row(rtl: "")
        row.latency = latencies.range
        row.averageLatency = latencies.average
        // One call has no interval; the tool writes 0 or x.
        if latencies.count > 1 {
            row.interval = intervals.range
            row.averageInterval = intervals.average
        }
        return Report(
            tool: nil, version: nil, content: .cosim(CosimReport(rows: [row], transactions: latencies.count)))
    }

    private struct Statistics {
        var count = 0
        var sum = 0
        var range = CycleRange()
        /// Rounded down, as the tool does.
        var average: Int? { count > 0 ? sum / count : nil }

        mutating func add(_ value: Int?) {
            guard let value else { return }
            let (total, overflow) = sum.addingReportingOverflow(value)
            guard !overflow else { return }
            sum = total
            count += 1
            range = CycleRange(min(range.min ?? value, value), max(range.max ?? value, value))
        }
    }
}
