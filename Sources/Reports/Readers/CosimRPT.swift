/// Co-simulation reports: `<top>_cosim.rpt`, `lat.rpt`, `result.transaction.rpt` and its namesake ending in `.xml`,
/// which is no XML.
enum CosimRPT {
    static func read(_ lines: [Line]) throws(ReportRefusal) -> Report {
        var content = CosimReport()
        var totals = false
        for line in lines {
            if let text = line.text(after: "Solution          :") { content.solution = stripped(text) }
            if let text = line.text(after: "Simulation tool   :") { content.simulator = stripped(text) }
            if line.contains("Total Execution Time") { totals = true }
            guard line.starts(with: "|") else { continue }
            let cells = line.text.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map(\.trimmed)
            guard cells.count >= 8, !cells[0].isEmpty, let status = status(cells[1]) else { continue }
            var row = CosimReport.Row(rtl: cells[0])
            row.status = status
            row.latency = CycleRange(Number.int(cells[2]), Number.int(cells[4]))
            row.averageLatency = Number.int(cells[3])
            row.interval = CycleRange(Number.int(cells[5]), Number.int(cells[7]))
            row.averageInterval = Number.int(cells[6])
            if totals, cells.count > 8 { row.total = Number.int(cells[8]) }
            content.rows.append(row)
        }
        guard !content.rows.isEmpty else { throw .incomplete("co-simulation report") }
        // The column of the execution time came with Vitis HLS; releases are not stated.
        return Report(tool: totals ? .vitisHLS : .vivadoHLS, version: nil, content: .cosim(content))
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
            guard text.hasPrefix("$"), let quoted = text.after("\"") else { continue }
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
        let tool: Report.Tool = row.total == nil ? .vivadoHLS : .vitisHLS
        return Report(tool: tool, version: nil, content: .cosim(CosimReport(rows: [row])))
    }

    /// One line a call: its latency and the cycles to the next call.
    static func readTransactions(_ lines: [Line]) throws(ReportRefusal) -> Report {
        var latencies = Statistics()
        var intervals = Statistics()
        for line in lines where line.starts(with: "transaction") {
            guard let values = line.text.after(":")?.words, values.count >= 2 else { continue }
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
