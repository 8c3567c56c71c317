/// Reports that are only tables: read as such.
enum TablesRPT {
    static func vivado(
        _ lines: [Line], _ header: VivadoHeader, kind: TablesReport.Kind
    ) throws(ReportRefusal) -> Report {
        var content = TablesReport(kind: kind)
        content.design = header.design
        content.part = header.device
        for line in lines {
            if let text = line.text(after: "Violations found:") ?? line.text(after: "Checks found:") {
                content.facts.append(.init(name: "violations", value: Number.int(text)))
            }
        }
        content.tables = tables(lines)
        guard !content.tables.isEmpty || !content.facts.isEmpty else { throw .incomplete("\(kind.rawValue) report") }
        return Report(tool: .vivado, version: header.version, content: .tables(content))
    }

    static func designSize(_ lines: [Line]) throws(ReportRefusal) -> Report {
        var content = TablesReport(kind: .designSize)
        content.tables = tables(lines)
        guard !content.tables.isEmpty else { throw .incomplete("design size report") }
        return Report(tool: .vitisHLS, version: nil, content: .tables(content))
    }

    /// The guidelines for designs that route: every line is a comment.
    static func failFast(_ lines: [Line]) throws(ReportRefusal) -> Report {
        var content = TablesReport(kind: .failFast)
        let bare = lines.map { line in
            line.starts(with: "#") ? Line(bytes: line.bytes.dropFirst()).trimmed : line
        }
        guard let start = bare.firstIndex(where: { $0.contains("| Criteria") }), start > 0 else {
            throw .incomplete("fail fast report")
        }
        content.part = start > 1 ? Line.text(bare[start - 2].bytes).split(separator: "|").first?.trimmed : nil
        content.tables = tables(Array(bare[(start - 1)...]))
        guard !content.tables.isEmpty else { throw .incomplete("fail fast report") }
        return Report(tool: .vivado, version: nil, content: .tables(content))
    }

    /// `# of routable nets..... :  677 :`
    static func routeStatus(_ lines: [Line]) throws(ReportRefusal) -> Report {
        var content = TablesReport(kind: .routeStatus)
        for line in lines {
            let body = line.text.trimmed
            guard body.hasPrefix("# of "), let value = body.after(":") else { continue }
            let name = body.dropFirst(5).prefix { $0 != ":" }.trimmed
            let bare = name.reversed().drop { $0 == "." }.reversed()
            content.facts.append(.init(name: String(bare), value: Number.int(value.before(":"))))
        }
        guard !content.facts.isEmpty else { throw .incomplete("route status report") }
        return Report(tool: .vivado, version: nil, content: .tables(content))
    }

    private static func tables(_ lines: [Line]) -> [TablesReport.Table] {
        var tables: [TablesReport.Table] = []
        Outline.walk(
            lines,
            table: { outline, table in
                let title = outline.heading.isEmpty ? outline.chapter : outline.heading
                let rows = table.rows.map { $0.map(\.trimmed) }
                tables.append(.init(title: title, columns: table.columns, rows: rows))
            })
        return tables
    }
}
