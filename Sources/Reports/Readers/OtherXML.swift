/// `csynth_design_size.xml`: how many instructions each function had after each phase of the compiler.
enum DesignSizeXML {
    static func read(_ bytes: [UInt8]) throws(ReportRefusal) -> Report {
        var report = TablesReport(kind: .designSize)
        let reader = XMLReader(
            opened: { xml, attributes in
                switch xml.path.last {
                case "item":
                    report.tables.append(.init(title: attributes["name"] ?? "", columns: [], rows: []))
                case "header", "row":
                    guard !report.tables.isEmpty else { return }
                    let cells = columns(attributes)
                    if xml.path.last == "row" {
                        report.tables[report.tables.count - 1].rows.append(cells)
                    } else {
                        report.tables[report.tables.count - 1].columns = cells
                    }
                case "column":
                    guard !report.tables.isEmpty else { return }
                    report.tables[report.tables.count - 1].rows.append([attributes["name"] ?? ""])
                default: break
                }
            },
            closed: { xml, text in
                guard !report.tables.isEmpty else { return }
                let last = report.tables.count - 1
                if xml.path.last == "keys" {
                    report.tables[last].columns = text.split(separator: ",").map(\.trimmed)
                } else if xml.path.last == "column", !report.tables[last].rows.isEmpty {
                    report.tables[last].rows[report.tables[last].rows.count - 1].append(text)
                }
            })
        try reader.read(bytes)
        guard !report.tables.isEmpty else { throw .incomplete("design size report") }
        return Report(tool: .vitisHLS, version: nil, content: .tables(report))
    }

    private static func columns(_ attributes: XMLReader.Attributes) -> [String] {
        var cells: [String] = []
        while cells.count < 64, let cell = attributes["col\(cells.count)"] { cells.append(cell) }
        return cells
    }
}

/// `component.xml`: who an IP core is.
enum IPXML {
    static func read(_ bytes: [UInt8]) throws(ReportRefusal) -> Report {
        var report = IPReport()
        var version: String?
        let reader = XMLReader(
            opened: { _, _ in },
            closed: { xml, text in
                // The prefix of the namespace is the file's own choice.
                let leaf = xml.path.last.map { $0.after(":") ?? $0 }
                if xml.path.count == 2 {
                    switch leaf {
                    case "vendor": report.vendor = text
                    case "library": report.library = text
                    case "name": report.name = text
                    case "version": report.ipVersion = text
                    default: break
                    }
                }
                switch leaf {
                case "coreRevision": report.coreRevision = Number.int(text)
                case "coreCreationDateTime": report.created = text
                case "displayName": if xml.path.contains("xilinx:coreExtensions") { report.displayName = text }
                case "family": report.families.append(text)
                case "xilinxVersion": version = text
                default: break
                }
            })
        try reader.read(bytes)
        guard report.name != nil else { throw .incomplete("IP description") }
        return Report(tool: .vivado, version: version, content: .ip(report))
    }
}
