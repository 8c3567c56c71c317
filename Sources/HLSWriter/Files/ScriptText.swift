import Basics
internal import Estimates
import LayerKit
import Options

/// What the vendor's tools take their orders from: Tcl for every release, configuration files for those that know them.
extension ProjectText {
    /// The scripts. Each step has one, and only `project.tcl` holds part and clock.
    func scripts() throws(DiagnosticError) -> [GeneratedFile] {
        let steps =
            ["hls", "reuse", "bench", "csim", "synth", "cosim", "export"] + (hasKernel ? ["kernel"] : [])
            + ["vsynth", "build_prj"]
        var files = [
            GeneratedFile("project.tcl", try templates.render("tcl/project.tcl", target)),
            GeneratedFile(
                "ip.tcl",
                try templates.render(
                    "tcl/ip.tcl",
                    ["version": .text(settings.ip.version), "options": ipOptions, "kernel": .flag(hasKernel)])),
        ]
        for step in steps {
            files.append(GeneratedFile(step + ".tcl", try templates.render("tcl/\(step).tcl", script)))
        }
        return files
    }

    /// Whether the hardware can be a kernel of the accelerator flow: all that passes is AXI4-Stream.
    var hasKernel: Bool {
        settings.dialect == .vitis && plan.io == .stream && !(plan.inputs + plan.outputs).contains(where: \.isWide)
    }

    /// The configuration files. Each is complete: `vitis-run` reads anew what `v++` has read.
    func configurations() throws(DiagnosticError) -> [GeneratedFile] {
        guard settings.dialect == .vitis else { return [] }
        let project = plan.project
        func run(_ task: String, _ file: String) -> TemplateValue {
            .text("vitis-run --mode hls --\(task) --config \(file).cfg --work_dir \(project)_work")
        }
        let synth = TemplateValue.text("v++ -c --mode hls --config synth.cfg --work_dir \(project)_work")
        return try [
            configuration("csim", "The C++ simulated", [run("csim", "csim")], bench(of: "csim")),
            configuration("synth", "C++ to RTL", [synth], [:]),
            configuration("cosim", "The RTL simulated", [synth, run("cosim", "cosim")], bench(of: "cosim")),
            configuration(
                "export", settings.flow == .vitis ? "A kernel object" : "An IP for the catalog of Vivado",
                [synth, run("package", "export")], ["package": .flag(true)]),
        ]
    }

    private func bench(of simulation: String) -> [String: TemplateValue] {
        let isRTL = simulation == "cosim"
        return [
            "bench": .flag(true), "simulation": .text(simulation), "rtl": .flag(isRTL),
            "macro": .text(isRTL ? " -DRTL_SIM" : ""),
            "results": .text(isRTL ? "rtl_cosim_results.log" : "csim_results.log"),
        ]
    }

    private func configuration(
        _ name: String, _ title: String, _ commands: [TemplateValue], _ parts: [String: TemplateValue]
    ) throws(DiagnosticError) -> GeneratedFile {
        var values: [String: TemplateValue] = [
            "title": .text(title), "commands": .list(commands), "bench": .flag(false), "package": .flag(false),
            "version": .text(settings.ip.version), "options": ipOptions,
            "format": .text(settings.flow == .vitis ? "xo" : "ip_catalog"),
        ]
        for more in [target, script, parts] { values.merge(more) { _, new in new } }
        return GeneratedFile(name + ".cfg", try templates.render("cfg/hls.cfg", values))
    }

    /// What is stated of the IP beside its version, under the names that options and keys have.
    private var ipOptions: TemplateValue {
        let ip = settings.ip
        let stated: [(String, String?)] = [
            ("vendor", ip.vendor), ("library", ip.library), ("display_name", ip.displayName),
            ("description", ip.description),
        ]
        return .list(
            stated.compactMap { name, text in
                text.map { .record(["name": .text(name), "plain": .text($0), "quoted": .text(TclText.quoted($0))]) }
            })
    }

    private var target: [String: TemplateValue] {
        [
            "project": .text(plan.project), "part": .text(settings.part),
            "clock_period": .text(settings.clockPeriod),
            "clock_uncertainty": .text(settings.clockUncertainty ?? settings.dialect.clockUncertainty),
            "flow": .text(settings.flow.rawValue), "backend": .text(settings.dialect.rawValue),
        ]
    }

    /// How a script is run by hand.
    var command: String {
        switch settings.dialect {
        case .vitis: "vitis-run --mode hls --tcl"
        case .vivado: "vivado_hls -f"
        }
    }

    /// The same with options for the script.
    private var example: String {
        switch settings.dialect {
        case .vitis: "vitis_hls -f build_prj.tcl cosim=0 validation=0"
        case .vivado: "vivado_hls -f build_prj.tcl cosim=0 validation=0"
        }
    }

    private var script: [String: TemplateValue] {
        let sources =
            ["firmware/\(plan.project).cpp"]
            + plan.layers.filter(\.call.isTrained).map { "firmware/layers/\($0.id).cpp" }
        return [
            "project": .text(plan.project), "command": .text(command), "sources": .texts(sources),
            "tool": settings.dialect == .vitis ? "Vitis HLS" : "Vivado HLS",
            "standard": settings.dialect == .vitis ? "c++14" : "c++0x",
            "stream": .flag(plan.io == .stream), "kernel": .flag(hasKernel), "example": .text(example),
            "maximum_size": .number(Target.Tool.vivado.limits.elements ?? 0),
        ]
    }
}
