internal import Basics
internal import BuildEngine
internal import Config
internal import Reports
internal import Tools

/// What decides the RTL of a firmware, beside its sources.
struct HardwareTarget: Encodable, Sendable {
    /// The name of the top function.
    var top: String
    var part: String
    /// Nanoseconds.
    var clockPeriod: String
    /// As the tool takes it; nil: its default.
    var clockUncertainty: String?
    /// `vivado` or `vitis`; nil where only what is synthesised already counts.
    var flow: String?
}

/// C synthesis.
enum CsynthStep: CommandStep {
    static let name = "csynth"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var run: VendorRun
        var target: HardwareTarget
    }

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        let reports = settings.run.entry.reports, top = settings.target.top
        let folder = reports.solution(top: top) + "/syn"
        return settings.run.plan(
            .synthesis, top: top,
            outputs: [
                .init(folder + "/report/csynth.xml"), .init(folder + "/report", form: .tree),
                .init(folder + "/verilog", form: .tree), .init(folder + "/vhdl", form: .tree, required: false),
                // All that the tool needs to go on from here.
                .init(reports.project(top: top), form: .tree),
            ])
    }

    static func judge(_ run: CommandRun, _ settings: Settings) -> Judgement {
        VendorLog.judge(run, .synthesis, settings.run.entry.scripting)
    }
}

/// The RTL simulated on the project's data.
enum CosimStep: CommandStep {
    static let name = "cosim"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var run: VendorRun
        var target: HardwareTarget
    }

    static let results = "tb_data/rtl_cosim_results.log"

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        let top = settings.target.top
        let folder = settings.run.entry.reports.solution(top: top) + "/sim/report"
        let places = places(settings)
        return settings.run.plan(
            .cosimulation, top: top,
            outputs: places.map { .init($0, required: places.count == 1) } + [.init("\(folder)/\(top)_cosim.rpt")]
                + channels(settings).map { .init($0, required: false) })
    }

    /// Where the tool may leave how full the FIFOs became: the list, and the archive.
    static func channels(_ settings: Settings) -> [String] {
        let folder = settings.run.entry.reports.solution(top: settings.target.top) + "/.autopilot/db/"
        return [folder + ChannelProfile.list, folder + ChannelProfile.archive]
    }

    /// Where the test bench may leave the results: it runs in a folder of the tool's, which holds `tb_data` as a link
    /// or as a copy.
    static func places(_ settings: Settings) -> [String] {
        let entry = settings.run.entry
        switch entry.scripting {
        case .hlsTcl, .vivadoTcl: return [results]
        case .hlsConfig:
            return [results, entry.reports.solution(top: settings.target.top) + "/sim/wrapc_pc/" + results]
        }
    }

    static func judge(_ run: CommandRun, _ settings: Settings) -> Judgement {
        VendorLog.judge(run, .cosimulation, settings.run.entry.scripting)
    }
}

/// Vivado's synthesis of the RTL, out of context.
enum VsynthStep: CommandStep {
    static let name = "vsynth"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var run: VendorRun
        var target: HardwareTarget
        var effort: VsynthEffort
        /// The folder of the RTL among the inputs.
        var rtl: String
    }

    static let script = "vsynth.tcl"
    static let reports = ["utilization.rpt", "utilization_hierarchical.rpt", "timing.rpt", "power.rpt"]

    /// Where the script looks for the RTL unless it is told where it is.
    private static func usualRTL(_ top: String) -> String { "\(top)_prj/solution1/syn/verilog" }

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        var arguments: [String] = []
        if settings.rtl != usualRTL(settings.target.top) {
            arguments = ["-tclargs", settings.effort.rawValue, settings.rtl]
        } else if settings.effort == .route {
            arguments = ["-tclargs", settings.effort.rawValue]
        }
        return settings.run.plan(
            script: script, arguments: arguments, outputs: reports.map { .init("vsynth/" + $0) })
    }

    static func judge(_ run: CommandRun, _ settings: Settings) -> Judgement {
        VendorLog.judge(run, marker: "hlsbuild: vsynth complete", doing: "Vivado synthesis")
    }
}

/// The packaged IP.
enum ExportStep: CommandStep {
    static let name = "export"
    static let version = 2

    struct Settings: Encodable, Sendable {
        var run: VendorRun
        var target: HardwareTarget
        var format: ExportFormat
        /// `major.minor.revision`
        var version: String
    }

    static func task(_ format: ExportFormat) -> HLSTask {
        switch format {
        case .ipCatalog: .packaging
        case .xo: .kernel
        }
    }

    /// Below which a run leaves the IP.
    static func folder(_ settings: Settings) -> String {
        settings.run.entry.reports.solution(top: settings.target.top) + "/impl/ip"
    }

    /// The kernel object that a run leaves.
    static func kernel(_ settings: Settings) -> String {
        settings.run.entry.reports.kernel(top: settings.target.top)
    }

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        let outputs: [CommandPlan.Output] =
            switch settings.format {
            case .ipCatalog:
                [.init(folder(settings) + "/component.xml"), .init(folder(settings), form: .tree)]
            case .xo: [.init(kernel(settings))]
            }
        return settings.run.plan(task(settings.format), top: settings.target.top, outputs: outputs)
    }

    static func judge(_ run: CommandRun, _ settings: Settings) -> Judgement {
        let judgement = VendorLog.judge(run, .packaging, settings.run.entry.scripting)
        guard case .success = judgement else { return judgement }
        return Packaged(run, settings).fault.map { .transient([$0]) } ?? judgement
    }
}
