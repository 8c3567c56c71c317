/// `csynth.xml`, the `*_csynth.xml` of modules, and the `export*.xml`: all have the root `profile`.
final class ProfileXML {
    private var version: String?
    private var user: [String: String] = [:]
    private var top = PerformanceXML()
    private var resources = Resources()
    private var available = Resources()
    private var oldDSP = false
    private var modules: [(name: String, performance: PerformanceXML, resources: Resources)] = []
    private var module: (name: String, performance: PerformanceXML, resources: Resources)?
    private var hierarchy = HierarchyXML()
    private var fifos: [CsynthReport.FIFO] = []
    private var export = ExportXML()
    private var hasArea = false
    private var sections: Set<String> = []

    func read(_ bytes: [UInt8]) throws(ReportRefusal) -> Report {
        let reader = XMLReader(
            opened: { [self] xml, _ in opened(xml.path) },
            closed: { [self] xml, text in closed(xml.path, text) })
        try reader.read(bytes)
        if sections.contains("UserAssignments") || sections.contains("PerformanceEstimates") { return try csynth() }
        if sections.contains("TimingReport") || sections.contains("AreaReport") { return export.report }
        throw .unknown("an XML file with the root 'profile' and none of the sections of a csynth or export report")
    }

    private func opened(_ path: [String]) {
        guard path.count >= 2 else { return }
        if path.count == 2 { sections.insert(path[1]) }
        switch path[1] {
        case "PerformanceEstimates": top.opened(path.dropFirst(2))
        case "ModuleInformation":
            if path.count == 3 { module = ("", PerformanceXML(), Resources()) }
            if path.count > 3, path[3] == "PerformanceEstimates" { module?.performance.opened(path.dropFirst(4)) }
        case "RTLDesignHierarchy": hierarchy.opened(path)
        case "FIFOInformation":
            if path.count == 3, path[2] == "FIFOInst" { fifos.append(CsynthReport.FIFO(name: "")) }
        default: break
        }
    }

    private func closed(_ path: [String], _ text: String) {
        guard path.count >= 3, let leaf = path.last else { return }
        switch path[1] {
        case "ReportVersion": if leaf == "Version" { version = text }
        case "UserAssignments": if path.count == 3 { user[leaf] = text }
        case "PerformanceEstimates": top.closed(path.dropFirst(2), text)
        case "AreaEstimates": area(path, text)
        case "ModuleInformation": moduleClosed(path, text)
        case "RTLDesignHierarchy": hierarchy.closed(path, text)
        case "FIFOInformation": fifoClosed(path, text)
        case "RunData", "TimingReport", "AreaReport": export.closed(path, text)
        default: break
        }
    }

    private func area(_ path: [String], _ text: String) {
        guard path.count == 4 else { return }
        if path[2] == "Resources" {
            if resources.set(path[3], Number.int(text)) { hasArea = true }
            if path[3] == "DSP48E" { oldDSP = true }
        } else if path[2] == "AvailableResources" {
            _ = available.set(path[3], Number.int(text))
        }
    }

    private func fifoClosed(_ path: [String], _ text: String) {
        guard path.count == 4, path[2] == "FIFOInst", !fifos.isEmpty else { return }
        switch path[3] {
        case "Name": fifos[fifos.count - 1].name = text
        case "ParentInst": fifos[fifos.count - 1].parent = text.isEmpty ? nil : text
        case "StaticDepth": fifos[fifos.count - 1].depth = Number.int(text)
        default: break
        }
    }

    private func moduleClosed(_ path: [String], _ text: String) {
        switch path.count {
        case 3:
            if let module, !module.name.isEmpty { modules.append(module) }
            module = nil
        case 4 where path[3] == "Name": module?.name = text
        case 6 where path[3] == "AreaEstimates" && path[4] == "Resources":
            _ = module?.resources.set(path[5], Number.int(text))
        case 5... where path[3] == "PerformanceEstimates":
            module?.performance.closed(path.dropFirst(4), text)
        default: break
        }
    }

    private func csynth() throws(ReportRefusal) -> Report {
        guard hasArea, sections.contains("PerformanceEstimates") else { throw .incomplete("csynth report") }
        var report = CsynthReport()
        report.part = user["Part"]
        report.family = user["ProductFamily"]
        report.top = user["TopModelName"]
        report.flowTarget = user["FlowTarget"]
        report.clock.target = user["TargetClockPeriod"].flatMap { Number.leadingDouble($0) }
        report.clock.uncertainty = user["ClockUncertainty"].flatMap { Number.leadingDouble($0) }
        report.clock.estimated = top.estimatedClock
        report.latency = top.latency
        report.averageLatency = top.averageLatency
        report.interval = top.interval
        report.pipeline = top.pipeline
        report.resources = resources
        report.available = available
        report.violations = top.violations
        report.rows = rows(top: report.top ?? "")
        report.fifos = fifos.filter { !$0.name.isEmpty }
        // Vitis HLS names the flow target from its first release; only Vivado HLS calls the DSP blocks DSP48E.
        let tool: Report.Tool = user["FlowTarget"] == nil && oldDSP ? .vivadoHLS : .vitisHLS
        return Report(tool: tool, version: version, content: .csynth(report))
    }

    private func rows(top name: String) -> [CsynthRow] {
        var rows: [CsynthRow] = []
        if !modules.contains(where: { $0.name == name }) {
            rows += top.loops(of: name, depth: 0)
        }
        for module in modules {
            var row = CsynthRow(kind: .module, name: module.name)
            let places = hierarchy.instances(of: module.name)
            row.instances = places.map(\.instance)
            row.parent = places.first?.parent
            row.depth = places.first?.depth ?? 0
            row.latency = module.performance.latency
            row.interval = module.performance.interval
            row.pipeline = module.performance.pipeline
            row.estimatedClock = module.performance.estimatedClock
            row.resources = module.resources
            row.issue = module.performance.violations.first
            rows.append(row)
            rows += module.performance.loops(of: module.name, depth: row.depth)
        }
        return rows
    }
}
