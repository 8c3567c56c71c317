internal import Basics
internal import Measures
internal import Reports

/// What the vendor's tools reported, as far as stages synth and vsynth have left their reports under `build`.
struct MeasuredCosts {
    private(set) var csynth: [String: Cost] = [:]
    private(set) var vsynth: [String: Cost] = [:]
    private(set) var csynthTotal: Cost?
    private(set) var vsynthTotal: Cost?
    /// What each tool says that the part has.
    private(set) var available = AvailableCosts()

    /// - Parameters:
    ///   - build: the folder `build`, absolute.
    ///   - project: the top function's name.
    init(build: String, project: String, layers: [String]) {
        let files = CsynthMeasurement.files(top: project)
        readCsynth(files.flatMap { Self.reports(below: build + "/synth", named: [$0]) }, project, layers)
        let names = ["utilization_hierarchical.rpt", "utilization.rpt", "vivado_synth.rpt"]
        for name in names { readVsynth(Self.reports(below: build + "/vsynth", named: [name]), project, layers) }
    }

    /// The name of the top function, as the report of C synthesis below the folder `build` has it; nil without one.
    static func top(of build: String) -> String? {
        reports(below: build + "/synth", named: ["csynth.xml"]).lazy.compactMap { report in
            if case .csynth(let content) = report.content { content.top } else { nil }
        }.first
    }

    private mutating func readCsynth(_ reports: [Report], _ project: String, _ layers: [String]) {
        let measured = CsynthMeasurement(reports, top: project)
        csynthTotal = measured.total.map { Cost($0.resources, latency: $0.latency, interval: $0.interval) }
        available.csynth = measured.total.map { .init(Cost($0.available), part: $0.part) }
        for layer in ReportAttribution(rows: measured.rows, layers: layers, top: project).layers {
            guard let row = layer.module else { continue }
            csynth[layer.name] = Cost(row.resources, latency: row.latency, interval: row.interval)
        }
    }

    private mutating func readVsynth(_ reports: [Report], _ project: String, _ layers: [String]) {
        for report in reports {
            guard case .utilization(let content) = report.content else { continue }
            if vsynthTotal == nil { vsynthTotal = Cost(content.resources) }
            if available.vsynth == nil { available.vsynth = .init(Cost(content.available), part: nil) }
            if available.vsynth?.part == nil { available.vsynth?.part = content.part }
            guard vsynth.isEmpty else { continue }
            // A cell is named as a module of csynth is; what stands below it is part of it.
            let rows = content.cells.map { cell in
                var row = CsynthRow(kind: .module, name: cell.module)
                row.instances = [cell.instance]
                row.resources = cell.resources
                return row
            }
            for layer in ReportAttribution(rows: rows, layers: layers, top: project).layers {
                if let row = layer.module { vsynth[layer.name] = Cost(row.resources) }
            }
        }
    }

    /// Readable reports of these names, in a stable order. What cannot be read is not there: the report goes on.
    private static func reports(below folder: String, named names: [String], depth: Int = 4) -> [Report] {
        guard depth > 0, let entries = try? Files.list(folder) else { return [] }
        return entries.flatMap { name -> [Report] in
            let path = folder + "/" + name
            if Files.linkStatus(path)?.kind == .directory {
                return reports(below: path, named: names, depth: depth - 1)
            }
            guard names.contains(name), let bytes = try? Files.read(path, within: .report),
                let report = try? ReportReader.read(bytes, name: name)
            else { return [] }
            return [report]
        }
    }
}
