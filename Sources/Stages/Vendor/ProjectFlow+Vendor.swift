internal import Basics
internal import BuildEngine
internal import Config
internal import Options
internal import Tools

/// The stages of the vendor's tools: synth, vsynth, export.
extension ProjectFlow {
    /// `synth`: C++ to RTL, and the RTL simulated where the project asks for it.
    @Sendable func synthesize(_ context: StageContext) async throws {
        let tools = try await vendorTools("synth", context)
        let hls = try await required(tools, hlsRole("synth"))
        let run = VendorRun(hls, VendorRun.Surroundings(hls.entry, project.vendor, context.world))
        let result = try await context.run(
            CsynthStep.self, "csynth", settings: CsynthStep.Settings(run: run, target: target),
            inputs: try await hlsInputs([CsynthStep.script], hls, context))
        let syn = hls.entry.reports.solution(top: project.name) + "/syn"
        let tidy = try await context.run(
            TidyStep.self, "tidy",
            settings: TidyStep.Settings(
                folders: ["report", "verilog", "vhdl"].map { .init(from: "\(syn)/\($0)", to: $0) }),
            inputs: result.inputs())
        context.layOut(tidy.outputs)
        try await checkPrediction(tidy, context)
        try await checkBudgets(of: .csynth, tidy, context)
        if project.vendor.cosimSamples > 0 { try await cosimulate(hls, tools, context) }
    }

    /// `vsynth`: what becomes of the RTL on the part.
    @Sendable func implement(_ context: StageContext) async throws {
        let tools = try await vendorTools("vsynth", context)
        let vivado = try await required(tools, .vivado)
        let run = VendorRun(vivado, VendorRun.Surroundings(vivado.entry, project.vendor, context.world))
        let rtl = VsynthStep.rtl(project.name)
        var inputs = try [VsynthStep.script, "project.tcl"].map { StepInput($0, try context.output($0, of: "write")) }
        for (path, artifact) in try context.outputs(of: "synth") where path.hasPrefix("verilog/") {
            inputs.append(StepInput(rtl + path.dropFirst("verilog".count), artifact))
        }
        var target = target
        target.clockUncertainty = nil
        let result = try await context.run(
            VsynthStep.self, "vsynth",
            settings: VsynthStep.Settings(run: run, target: target, effort: project.vendor.effort),
            inputs: inputs.sorted { $0.name < $1.name })
        let tidy = try await context.run(
            TidyStep.self, "tidy", settings: TidyStep.Settings(folders: [.init(from: "vsynth", to: "report")]),
            inputs: result.inputs())
        context.layOut(tidy.outputs)
        try await checkBudgets(of: .vsynth, tidy, context)
    }

    /// `export`: the IP as one file.
    ///
    /// The tool packages only what it synthesised in the same session, so this synthesises again; the RTL is compared.
    @Sendable func export(_ context: StageContext) async throws {
        let tools = try await vendorTools("export", context)
        let hls = try await required(tools, hlsRole("export"))
        let vivado = try await optional(tools, .vivado)
        let run = VendorRun(
            hls, companion: vivado, VendorRun.Surroundings(hls.entry, project.vendor, context.world))
        let settings = ExportStep.Settings(
            run: run, target: target, format: project.vendor.format, version: project.vendor.version)
        let result = try await context.run(
            ExportStep.self, "export", settings: settings,
            inputs: try await hlsInputs([ExportStep.script(settings.format), "ip.tcl"], hls, context))
        switch settings.format {
        case .xo:
            let kernel = PackKernelStep.Settings(kernel: project.name + ".xo")
            let packed = try await context.run(
                PackKernelStep.self, "pack", settings: kernel, inputs: result.inputs())
            context.layOut(packed.outputs)
        case .ipCatalog:
            let rtl = try context.outputs(of: "synth").filter { $0.key.hasPrefix("verilog/") }.map { path, artifact in
                StepInput(PackStep.rtl + path.dropFirst("verilog".count), artifact)
            }
            let packed = try await context.run(
                PackStep.self, "pack", settings: PackStep.Settings(folder: ExportStep.folder(settings)),
                inputs: result.inputs() + rtl.sorted { $0.name < $1.name })
            context.layOut(packed.outputs)
        }
    }

    private func cosimulate(_ hls: VendorTool, _ tools: VendorTools, _ context: StageContext) async throws {
        let names = project.data.inputs, samples = project.vendor.cosimSamples
        let known =
            try ["design.json", "weights.bin"].map { StepInput($0, try context.output($0, of: "optimize")) }
            + names.enumerated().map { index, path in
                StepInput(PrepareInputStep.dataName(index), try context.source(path))
            }
        let data = try await context.run(
            CosimDataStep.self, "cosim data", settings: CosimDataStep.Settings(names: names, samples: samples),
            inputs: known)
        let vivado = try await optional(tools, .vivado)
        let run = VendorRun(
            hls, companion: vivado, VendorRun.Surroundings(hls.entry, project.vendor, context.world))
        let bench = [CosimStep.script, project.name + "_test.cpp", project.name + "_marshal.h"]
        let result = try await context.run(
            CosimStep.self, "cosim", settings: CosimStep.Settings(run: run, target: target),
            inputs: try await hlsInputs(bench, hls, context) + data.inputs())
        let compared = try await context.run(
            CosimCompareStep.self, "cosim compare",
            settings: CosimCompareStep.Settings(names: names, samples: samples),
            inputs: known + [StepInput(CosimStep.results, try result.output(CosimStep.results))])
        let report = hls.entry.reports.solution(top: project.name) + "/sim/report"
        let tidy = try await context.run(
            TidyStep.self, "cosim tidy", settings: TidyStep.Settings(folders: [.init(from: report, to: "cosim")]),
            inputs: result.inputs())
        context.layOut(tidy.outputs.merging(compared.outputs) { _, new in new })
    }

    /// What every run of the HLS tool reads: the written project without what only this machine's compiler needs.
    private func hlsInputs(_ scripts: [String], _ tool: VendorTool, _ context: StageContext) async throws -> [StepInput]
    {
        let written = try context.outputs(of: "write")
        let list = CompilationList(
            parsing: String(
                decoding: try context.bytes(of: context.output(WriteStep.units, of: "write")), as: UTF8.self))
        var names = Set(scripts + ["hls.tcl", "project.tcl"])
        for unit in list.units where unit.source.hasPrefix("firmware/") {
            names.formUnion([unit.source] + unit.includes)
        }
        // The tools bring their own.
        names = names.filter { !$0.hasPrefix("firmware/ap_types/") }
        let label = "tool.tcl of " + (scripts.first ?? "")
        let script = try await context.run(
            ToolScriptStep.self, label, settings: ToolScriptStep.Settings(text: tool.entry.script))
        let inputs = names.compactMap { name in written[name].map { StepInput(name, $0) } }
        return (inputs + script.inputs()).sorted { $0.name < $1.name }
    }

    private var target: HardwareTarget {
        HardwareTarget(
            top: project.name, part: project.part, clockPeriod: project.clock.period.decimal(places: 6),
            clockUncertainty: project.clock.uncertainty.map { $0.decimal(places: 6) + "%" })
    }

    private func hlsRole(_ stage: String) throws -> ToolRole {
        switch project.backend {
        case .open:
            throw StageUnavailable(
                "stage \(stage): the open back end writes no RTL yet", help: "write `backend: vitis` for AMD's tools")
        case .vitis: return .vitis
        case .vivado: return .vivadoHLS
        }
    }

    private func vendorTools(_ stage: String, _ context: StageContext) async throws -> VendorTools {
        _ = try hlsRole(stage)
        return try VendorTools(world: context.world, tools: project.tools, roots: toolRoots)
    }

    private func required(_ tools: VendorTools, _ role: ToolRole) async throws -> VendorTool {
        switch try await tools.find(role) {
        case .found(let tool): return tool
        case .missing(let message, _): throw StageUnavailable(message)
        }
    }

    private func optional(_ tools: VendorTools, _ role: ToolRole) async throws -> VendorTool? {
        switch try await tools.find(role) {
        case .found(let tool): return tool
        case .missing: return nil
        }
    }
}
