/// `report_timing_summary`, and `report_timing` with its list of paths.
enum TimingRPT {
    static func read(_ lines: [Line], _ header: VivadoHeader) throws(ReportRefusal) -> Report {
        var content = TimingReport()
        content.design = header.design
        content.part = header.device
        content.state = header.state
        var found = scan(lines, &content)
        if let paths = slacks(lines) {
            // A list of paths alone says whether those paths meet their requirement. A summary lists the worst, too; one
            // that does not is cut off.
            if header.command?.hasPrefix("report_timing_summary") != true {
                content.worstPath = paths.worst
                content.met = !paths.violated
                found = true
            } else if paths.worst == [content.setup.worst, content.hold.worst].compactMap({ $0 }).min() {
                content.worstPath = paths.worst
            }
        }
        guard found else { throw .incomplete("timing report") }
        return Report(tool: .vivado, version: header.version, content: .timing(content))
    }

    private enum Section { case none, design, clocks, intraClock }

    /// Reads the summary tables; false where there is none.
    private static func scan(_ lines: [Line], _ content: inout TimingReport) -> Bool {
        var section = Section.none
        var columns: [String]?
        var found = false
        // Where each clock stands among those of the report.
        var places: [String: Int] = [:]
        for line in lines {
            if line.starts(with: "| ") {
                if line.contains("Design Timing Summary") { (section, columns) = (.design, nil) }
                if line.contains("| Clock Summary") { (section, columns) = (.clocks, nil) }
                if line.contains("| Intra Clock Table") { (section, columns) = (.intraClock, nil) }
                if line.contains("| Inter Clock Table") || line.contains("| Timing Details") { section = .none }
                continue
            }
            if line.starts(with: "All user specified timing constraints are met") { content.met = true }
            if line.starts(with: "Timing constraints are not met") { content.met = false }
            guard section != .none, !line.isBlank, !line.trimmed.starts(with: "---") else { continue }
            let text = line.text
            guard let names = columns else {
                if text.contains("WNS(ns)") || text.contains("Period(ns)") { columns = headings(text) }
                continue
            }
            switch section {
            case .design:
                if !found { found = summary(names, text.words, &content) }
            case .clocks:
                clock(text, &content)
                if let name = content.clocks.last?.name, places[name] == nil { places[name] = content.clocks.count - 1 }
            case .intraClock:
                let words = text.words
                if words.count > 1, let place = places[words[0]] {
                    content.clocks[place].wns = Number.double(words[1])
                }
            case .none: break
            }
        }
        return found
    }

    /// Column names, which stand two or more blanks apart.
    private static func headings(_ text: String) -> [String] {
        var names: [String] = []
        var name: [String] = []
        for part in text.split(separator: " ", omittingEmptySubsequences: false) {
            if part.isEmpty {
                if !name.isEmpty { names.append(name.joined(separator: " ")) }
                name = []
            } else {
                name.append(String(part))
            }
        }
        if !name.isEmpty { names.append(name.joined(separator: " ")) }
        return names
    }

    private static func summary(_ names: [String], _ values: [String], _ content: inout TimingReport) -> Bool {
        guard values.count == names.count else { return false }
        for (name, value) in zip(names, values) {
            switch name {
            case "WNS(ns)": content.setup.worst = Number.double(value)
            case "TNS(ns)": content.setup.total = Number.double(value)
            case "TNS Failing Endpoints": content.setup.failing = Number.int(value)
            case "TNS Total Endpoints": content.setup.endpoints = Number.int(value)
            case "WHS(ns)": content.hold.worst = Number.double(value)
            case "THS(ns)": content.hold.total = Number.double(value)
            case "THS Failing Endpoints": content.hold.failing = Number.int(value)
            case "THS Total Endpoints": content.hold.endpoints = Number.int(value)
            case "WPWS(ns)": content.pulseWidth.worst = Number.double(value)
            case "TPWS(ns)": content.pulseWidth.total = Number.double(value)
            case "TPWS Failing Endpoints": content.pulseWidth.failing = Number.int(value)
            case "TPWS Total Endpoints": content.pulseWidth.endpoints = Number.int(value)
            default: break
            }
        }
        return true
    }

    /// `ap_clk  {0.000 5.000}  10.000  100.000`; generated clocks are indented.
    private static func clock(_ text: String, _ content: inout TimingReport) {
        guard let rest = text.after("}"), text.contains("{") else { return }
        let values = rest.words
        guard values.count >= 2 else { return }
        content.clocks.append(
            .init(
                name: text.before("{").trimmed, period: Number.double(values[0]), frequency: Number.double(values[1])))
    }

    /// The smallest slack of the paths listed, and whether one is violated; nil without paths.
    private static func slacks(_ lines: [Line]) -> (worst: Double?, violated: Bool)? {
        var worst: Double?
        var violated = false
        var any = false
        for line in lines where line.starts(with: "Slack") {
            guard let value = line.text.after(":") else { continue }
            any = true
            if line.contains("(VIOLATED)") { violated = true }
            if let slack = Number.leadingDouble(value) { worst = min(worst ?? slack, slack) }
        }
        return any ? (worst, violated) : nil
    }
}
