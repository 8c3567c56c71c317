internal import Basics
internal import BuildEngine
internal import HLSWriter
internal import Reports
internal import Zip
internal import Steps

/// The depths of the firmware's FIFOs held against what the tool made of them, and against how full the simulation of
/// the RTL found them.
enum FIFOStep: PureStep {
    static let name = "fifo"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// The name of the top function.
        var project: String
    }

    /// Inputs besides the Design; the last two are there only after a co-simulation that wrote them.
    static let report = "csynth.xml"
    static let list = "channels.csv"
    static let archive = "channels.zip"

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let streams = try HLSProject(StageOutput.design.read(inputs), project: settings.project).streams
        let made = depths(try inputs.bytes(report))
        let peaks = try peaks(inputs)
        var rows: [FIFORecord] = []
        var warnings: [Diagnostic] = []
        for stream in streams {
            let depth = made[stream.variable], peak = peaks[stream.variable]
            rows.append(FIFORecord(stream, synthesised: depth, peak: peak))
            warnings += [changed(stream, depth), filled(stream, peak)].compactMap { $0 }
        }
        return PureResult(try StageOutput.fifos.written(rows), diagnostics: warnings)
    }

    /// The depths that C synthesis reports, by variable; releases before 2022.2 list none.
    private static func depths(_ report: [UInt8]) -> [String: Int] {
        guard case .csynth(let csynth)? = (try? ReportReader.read(report, name: Self.report))?.content else {
            return [:]
        }
        let known = csynth.fifos.compactMap { fifo in
            fifo.depth.map { (ChannelProfile.variable(of: fifo.name), $0) }
        }
        return Dictionary(known, uniquingKeysWith: { first, _ in first })
    }

    private static func peaks(_ inputs: StepInputs) throws -> [String: Int] {
        guard inputs.names.contains(list), inputs.names.contains(archive) else { return [:] }
        let files = try ZipArchive.entries(inputs.bytes(archive), limit: 1 << 28).map { ($0.path, $0.bytes) }
        let profile = ChannelProfile(
            list: try inputs.bytes(list), files: Dictionary(files, uniquingKeysWith: { first, _ in first }))
        let peaks = profile.peaks.map { (ChannelProfile.variable(of: $0), $1) }
        return Dictionary(peaks, uniquingKeysWith: max)
    }

    /// The tool made another depth than the source asks for.
    private static func changed(_ stream: HLSStream, _ depth: Int?) -> Diagnostic? {
        guard let depth, depth < stream.depth else { return nil }
        return .warning(
            "C synthesis made the FIFO '\(stream.variable)' of layer '\(stream.layer)' \(depth) deep, not \(stream.depth)",
            subject: ["layers", stream.layer], help: "look for a 'config_dataflow' in the tool's own settings")
    }

    /// The simulation filled a FIFO that the schedule never fills: something takes longer than it should.
    private static func filled(_ stream: HLSStream, _ peak: Int?) -> Diagnostic? {
        guard let peak, peak >= stream.depth, !stream.mayFill else { return nil }
        return .warning(
            "the simulation filled the FIFO '\(stream.variable)' of layer '\(stream.layer)', which holds "
                + "\(stream.depth) elements: '\(stream.writer)' may have waited for '\(stream.reader)'",
            subject: ["layers", stream.layer, "fifo_depth"],
            help: "compare the interval with fifo_depth: \(2 * stream.depth) for '\(stream.layer)'")
    }
}
