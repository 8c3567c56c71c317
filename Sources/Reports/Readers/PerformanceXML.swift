/// A `PerformanceEstimates` element, of the top or of a module. Paths are relative to it.
struct PerformanceXML {
    var pipeline: String?
    var estimatedClock: Double?
    var latency = CycleRange()
    var averageLatency: Int?
    var interval = CycleRange()
    var violations: [String] = []
    private var initiation: CycleRange?
    private var loopRows: [CsynthRow] = []
    /// Indices into `loopRows` of the loops that are open.
    private var open: [Int] = []
    private var issues: [String: String] = [:]

    init() {}

    /// Elements that say something of a loop; any other element below `SummaryOfLoopLatency` is a loop.
    private static let facts: Set<String> = [
        "Name", "Slack", "TripCount", "Latency", "AbsoluteTimeLatency", "IterationLatency", "PipelineII",
        "PipelineDepth", "PipelineType", "InstanceList", "isPerfectNested", "PerformancePragma", "range", "min", "max",
        "Instance",
    ]

    func loops(of module: String, depth: Int) -> [CsynthRow] {
        loopRows.map { row in
            var row = row
            row.parent = row.parent ?? module
            row.depth += depth + 1
            row.issue = issues[row.name]
            return row
        }
    }

    mutating func opened(_ path: ArraySlice<String>) {
        guard path.first == "SummaryOfLoopLatency", path.count > 1, let name = path.last else { return }
        guard !Self.facts.contains(name) else { return }
        var row = CsynthRow(kind: .loop, name: name)
        row.parent = open.last.map { loopRows[$0].name }
        row.depth = open.count
        open.append(loopRows.count)
        loopRows.append(row)
    }

    mutating func closed(_ path: ArraySlice<String>, _ text: String) {
        guard let section = path.first, let leaf = path.last else { return }
        switch section {
        case "PipelineType": pipeline = text
        case "SummaryOfTimingAnalysis":
            if leaf == "EstimatedClockPeriod" { estimatedClock = Number.leadingDouble(text) }
        case "SummaryOfOverallLatency": overall(Array(path), text)
        case "SummaryOfLoopLatency": loop(path, leaf, text)
        case "SummaryOfViolations": violation(Array(path), leaf, text)
        default: break
        }
    }

    private mutating func overall(_ path: [String], _ text: String) {
        switch path.last {
        case "Best-caseLatency": latency.min = Number.int(text)
        case "Average-caseLatency": averageLatency = Number.int(text)
        case "Worst-caseLatency": latency.max = Number.int(text)
        case "Interval-min": interval.min = Number.int(text)
        case "Interval-max": interval.max = Number.int(text)
        case "PipelineType": if pipeline == nil { pipeline = text }
        // Modules state their interval here and nowhere else; the top states Interval-min and -max besides.
        case "PipelineInitiationInterval" where path.count == 2 && interval == CycleRange():
            interval = Number.range(text)
        case "min" where path.contains("PipelineInitiationInterval"): interval.min = Number.int(text)
        case "max" where path.contains("PipelineInitiationInterval"): interval.max = Number.int(text)
        default: break
        }
    }

    private mutating func loop(_ path: ArraySlice<String>, _ leaf: String, _ text: String) {
        guard Self.facts.contains(leaf) else {
            if path.count > 1 { _ = open.popLast() }
            return
        }
        guard let index = open.last else { return }
        let owner = path.dropLast().last ?? ""
        switch leaf {
        case "Name": if !text.isEmpty { loopRows[index].name = text }
        case "Slack": loopRows[index].slack = Number.double(text)
        case "TripCount": if !text.isEmpty { loopRows[index].tripCount = Number.range(text) }
        case "Latency": if !text.isEmpty { loopRows[index].latency = Number.range(text) }
        case "IterationLatency", "PipelineDepth":
            if loopRows[index].iterationLatency == nil { loopRows[index].iterationLatency = Number.int(text) }
        case "PipelineII": loopRows[index].interval = Number.range(text)
        case "PipelineType": loopRows[index].pipeline = text
        case "min" where owner == "range": setRange(path, index) { $0.min = Number.int(text) }
        case "max" where owner == "range": setRange(path, index) { $0.max = Number.int(text) }
        default: break
        }
    }

    /// `<TripCount><range><min>..` : the element two above the number says what the range is of.
    private mutating func setRange(_ path: ArraySlice<String>, _ index: Int, _ change: (inout CycleRange) -> Void) {
        switch path.dropLast(2).last {
        case "TripCount": change(&loopRows[index].tripCount)
        case "Latency": change(&loopRows[index].latency)
        case "PipelineII": change(&loopRows[index].interval)
        default: break
        }
    }

    private mutating func violation(_ path: [String], _ leaf: String, _ text: String) {
        guard leaf == "IssueType", text != "-", !text.isEmpty else { return }
        if path.count == 2 {
            violations.append(text)
        } else if path.count > 3 {
            issues[path[path.count - 2]] = text
        }
    }
}
