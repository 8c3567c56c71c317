internal import Basics
internal import BuildEngine
internal import Config
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
}

/// C synthesis.
enum CsynthStep: CommandStep {
    static let name = "csynth"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var run: VendorRun
        var target: HardwareTarget
    }

    static let script = "synth.tcl"

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        let folder = settings.run.entry.reports.solution(top: settings.target.top) + "/syn"
        return settings.run.plan(
            script: script,
            outputs: [
                .init(folder + "/report/csynth.xml"), .init(folder + "/report", form: .tree),
                .init(folder + "/verilog", form: .tree), .init(folder + "/vhdl", form: .tree, required: false),
            ])
    }

    static func judge(_ run: CommandRun) -> Judgement {
        VendorLog.judge(run, marker: "hlsbuild: synth complete", doing: "C synthesis")
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

    static let script = "cosim.tcl"
    static let data = "tb_data/tb_input_features.dat"
    static let results = "tb_data/rtl_cosim_results.log"

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        let folder = settings.run.entry.reports.solution(top: settings.target.top) + "/sim/report"
        let report = "\(folder)/\(settings.target.top)_cosim.rpt"
        return settings.run.plan(script: script, outputs: [.init(results), .init(report)])
    }

    static func judge(_ run: CommandRun) -> Judgement {
        VendorLog.judge(run, marker: "hlsbuild: cosim complete", doing: "co-simulation")
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
    }

    static let script = "vsynth.tcl"
    static let reports = ["utilization.rpt", "utilization_hierarchical.rpt", "timing.rpt", "power.rpt"]

    /// Where the script looks for the RTL.
    static func rtl(_ top: String) -> String { "\(top)_prj/solution1/syn/verilog" }

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        settings.run.plan(
            script: script, arguments: settings.effort == .route ? ["-tclargs", "route"] : [],
            outputs: reports.map { .init("vsynth/" + $0) })
    }

    static func judge(_ run: CommandRun) -> Judgement {
        VendorLog.judge(run, marker: "hlsbuild: vsynth complete", doing: "Vivado synthesis")
    }
}

/// The packaged IP.
enum ExportStep: CommandStep {
    static let name = "export"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var run: VendorRun
        var target: HardwareTarget
        var format: ExportFormat
        /// `major.minor.revision`
        var version: String
    }

    static func script(_ format: ExportFormat) -> String {
        switch format {
        case .ipCatalog: "export.tcl"
        case .xo: "kernel.tcl"
        }
    }

    /// Below which a run leaves the IP.
    static func folder(_ settings: Settings) -> String {
        settings.run.entry.reports.solution(top: settings.target.top) + "/impl/ip"
    }

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        let outputs: [CommandPlan.Output] =
            switch settings.format {
            case .ipCatalog:
                [.init(folder(settings) + "/component.xml"), .init(folder(settings), form: .tree)]
            case .xo: [.init(settings.target.top + ".xo")]
            }
        return settings.run.plan(script: script(settings.format), outputs: outputs)
    }

    static func judge(_ run: CommandRun) -> Judgement {
        VendorLog.judge(run, marker: "hlsbuild: export complete", doing: "export")
    }
}
