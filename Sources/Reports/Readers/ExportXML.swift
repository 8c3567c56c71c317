/// The parts of an `export*.xml`: what Vivado made of the exported RTL.
struct ExportXML {
    private var content = ExportReport()
    private var version: String?

    init() {}

    var report: Report { Report(tool: .vivado, version: version, content: .export(content)) }

    mutating func closed(_ path: [String], _ text: String) {
        switch path[1] {
        case "RunData":
            if path.last == "VIVADO_VERSION" { version = Number.version(text) }
            if path.last == "RUN_TYPE" { content.stage = text.hasPrefix("impl") ? .implementation : .synthesis }
        case "TimingReport": if path.count == 3 { timing(path[2], text) }
        case "AreaReport": if path.count == 4 { area(path[2], path[3], text) }
        default: break
        }
    }

    private mutating func timing(_ name: String, _ text: String) {
        switch name {
        case "TargetClockPeriod", "CP_TARGET": content.target = Number.double(text)
        case "AchievedClockPeriod", "CP_FINAL": content.achieved = Number.double(text)
        case "CP_SYNTH": content.achievedSynthesis = Number.double(text)
        case "CP_ROUTE": content.achievedRoute = Number.double(text)
        case "WNS_FINAL": content.wns = Number.double(text)
        case "TNS_FINAL": content.tns = Number.double(text)
        case "TIMING_MET": content.timingMet = text == "TRUE" ? true : text == "FALSE" ? false : nil
        default: break
        }
        // Releases before RunData say nothing of met or not, only both periods.
        if version == nil, let target = content.target, let achieved = content.achieved {
            content.timingMet = achieved <= target
        }
    }

    private mutating func area(_ group: String, _ name: String, _ text: String) {
        let value = Number.int(text)
        if group == "Resources" {
            if !content.resources.set(name, value) { content.others.append(.init(name: name, value: value)) }
        } else if group == "AvailableResources" {
            // 2017.4 prints 0 LUTs for a part that has 53200.
            if value != 0 || name == "URAM" { _ = content.available.set(name, value) }
        }
    }
}
