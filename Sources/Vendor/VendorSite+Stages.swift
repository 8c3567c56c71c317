internal import Basics
internal import BuildEngine
internal import Config
internal import Options
internal import Tools
internal import Steps

extension VendorSite {
    /// `synth`: C++ to RTL, and the RTL simulated where the project asks for it.
    func synthesize(_ context: StageContext) async throws {
        let tools = try vendorTools(context)
        let hls = try await required(tools, role)
        let run = VendorRun(hls, VendorRun.Surroundings(hls.entry, project.vendor, context.world))
        let result = try await context.run(
            CsynthStep.self, "csynth",
            settings: CsynthStep.Settings(run: run, target: target),
            inputs: try await hlsInputs(.synthesis, [], hls, context))
        let syn = hls.entry.reports.solution(top: project.name) + "/syn"
        let tidy = try await context.run(
            TidyStep.self, "tidy",
            settings: TidyStep.Settings(
                folders: ["report", "verilog", "vhdl"].map { .init(from: "\(syn)/\($0)", to: $0) }),
            inputs: result.inputs().filter { $0.name.begins(with: syn + "/") })
        context.layOut(tidy.outputs)
        // For stages that go on from here; it holds the time and the place of the run, so nobody else gets it.
        context.provide(result.outputs.filter { $0.key.begins(with: kept(hls)) })
        try await checkPrediction(tidy, context)
        var channels: [StepInput] = []
        do {
            try await checkBudgets(of: .csynth, tidy, context)
            if project.vendor.cosimSamples > 0 { channels = try await cosimulate(hls, tools, result, context) }
        } catch let error where error is DiagnosticError || error is StepFailure {
            // What lies there is of one synthesis, whole.
            if project.io == .stream { try await checkFIFOs(tidy, [], context) }
            throw error
        }
        if project.io == .stream { try await checkFIFOs(tidy, channels, context) }
    }

    /// `vsynth`: what becomes of the RTL on the part.
    func implement(_ context: StageContext) async throws {
        let tools = try vendorTools(context)
        let vivado = try await required(tools, .vivado)
        let hls = try await required(tools, role)
        let run = VendorRun(vivado, VendorRun.Surroundings(vivado.entry, project.vendor, context.world))
        let rtl = hls.entry.reports.verilog(top: project.name)
        var inputs = try [VsynthStep.script, "project.tcl"].map { StepInput($0, try context.output($0, of: .write)) }
        inputs += try verilog(under: rtl, context)
        var target = target
        target.clockUncertainty = nil
        target.flow = nil
        let result = try await context.run(
            VsynthStep.self, "vsynth",
            settings: VsynthStep.Settings(run: run, target: target, effort: project.vendor.effort, rtl: rtl),
            inputs: inputs.sorted { $0.name < $1.name })
        let tidy = try await context.run(
            TidyStep.self, "tidy", settings: TidyStep.Settings(folders: [.init(from: "vsynth", to: "report")]),
            inputs: result.inputs())
        context.layOut(tidy.outputs)
        try await checkBudgets(of: .vsynth, tidy, context)
    }

    /// `export`: the IP as one file, packaged from what C synthesis left.
    func export(_ context: StageContext) async throws {
        let tools = try vendorTools(context)
        let hls = try await required(tools, role)
        try requireSuccessor(hls, "export")
        let vivado = try await optional(tools, .vivado)
        let run = VendorRun(
            hls, companion: vivado, VendorRun.Surroundings(hls.entry, project.vendor, context.world))
        let settings = ExportStep.Settings(
            run: run, target: target, format: project.vendor.format, version: project.vendor.ip.version)
        let synthesized = try context.outputs(of: .synth).filter { $0.key.begins(with: kept(hls)) }
        let written = try await hlsInputs(ExportStep.task(settings.format), ["ip.tcl"], hls, context)
        let result = try await context.run(
            ExportStep.self, "export", settings: settings,
            inputs: (written + synthesized.map { StepInput($0, $1) }).sorted { $0.name < $1.name })
        switch settings.format {
        case .xo:
            let kernel = PackKernelStep.Settings(
                file: ExportStep.kernel(settings), kernel: project.name + ".xo", revision: revision)
            let packed = try await context.run(
                PackKernelStep.self, "pack", settings: kernel, inputs: result.inputs())
            context.layOut(packed.outputs)
        case .ipCatalog:
            let packed = try await context.run(
                PackStep.self, "pack",
                settings: PackStep.Settings(folder: ExportStep.folder(settings), revision: revision),
                inputs: result.inputs() + (try verilog(under: PackStep.rtl, context)))
            context.layOut(packed.outputs)
        }
    }

    /// Simulates the RTL; what the tool tells of the FIFOs.
    private func cosimulate(
        _ hls: VendorTool, _ tools: VendorTools, _ synthesized: StepResult, _ context: StageContext
    ) async throws -> [StepInput] {
        try requireSuccessor(hls, "co-simulation")
        let names = project.data.inputs, samples = project.vendor.cosimSamples
        let known = try StageOutput.design.inputs(context) + site.dataInputs(names, context)
        let data = try await context.run(
            CosimDataStep.self, "cosim data", settings: CosimDataStep.Settings(names: names, samples: samples),
            inputs: known)
        let vivado = try await optional(tools, .vivado)
        let run = VendorRun(
            hls, companion: vivado, VendorRun.Surroundings(hls.entry, project.vendor, context.world))
        let settings = CosimStep.Settings(run: run, target: target)
        let bench = [project.name + "_test.cpp", project.name + "_marshal.h", "bench.tcl"]
        let written = try await hlsInputs(.cosimulation, bench, hls, context)
        let handedOn = synthesized.inputs().filter { $0.name.begins(with: kept(hls)) }
        let result = try await context.run(
            CosimStep.self, "cosim", settings: settings,
            inputs: (written + handedOn + data.inputs()).sorted { $0.name < $1.name })
        let place = CosimStep.places(settings).first { result.outputs[$0] != nil } ?? CosimStep.results
        let compared = try await context.run(
            CosimCompareStep.self, "cosim compare",
            settings: CosimCompareStep.Settings(names: names, samples: samples),
            inputs: known + [StepInput(CosimStep.results, try result.output(place))])
        let report = hls.entry.reports.solution(top: project.name) + "/sim/report"
        let tidy = try await context.run(
            TidyStep.self, "cosim tidy", settings: TidyStep.Settings(folders: [.init(from: report, to: "cosim")]),
            inputs: result.inputs())
        context.layOut(tidy.outputs.merging(compared.outputs) { _, new in new })
        return zip([FIFOStep.list, FIFOStep.archive], CosimStep.channels(settings)).compactMap { name, path in
            result.outputs[path].map { StepInput(name, $0) }
        }
    }

    /// Holds the FIFOs against the reports of C synthesis, and against those of a simulation if there was one.
    private func checkFIFOs(_ tidy: StepResult, _ channels: [StepInput], _ context: StageContext) async throws {
        let report = StepInput(FIFOStep.report, try tidy.output("report/" + FIFOStep.report))
        let checked = try await context.run(
            FIFOStep.self, "fifo", settings: FIFOStep.Settings(project: project.name),
            inputs: try StageOutput.design.inputs(context) + [report] + channels)
        context.layOut(checked.outputs)
    }

    /// The last number of the IP's version.
    private var revision: String { project.vendor.ip.version.split(separator: ".").last.map(String.init) ?? "0" }
}
