internal import Basics
internal import BuildEngine
internal import Config
internal import HLSWriter
internal import Options
internal import Tools
internal import Steps

/// What the stages of the vendor's tools have in common: their tools, their inputs, what the hardware is for.
extension VendorSite {
    /// What every run of the HLS tool reads: the written project without what only this machine's compiler needs.
    ///
    /// - Parameter more: Files that the task needs besides; scripts among them only if the tool takes scripts.
    func hlsInputs(_ task: HLSTask, _ more: [String], _ tool: VendorTool, _ context: StageContext) async throws
        -> [StepInput]
    {
        let written = try context.outputs(of: .write)
        let list = try StageOutput.units.read(context)
        let scripting = tool.entry.scripting
        var names = Set([task.orders(scripting)])
        var made: [StepInput] = []
        switch scripting {
        case .hlsTcl, .vivadoTcl:
            names.formUnion(more + ["hls.tcl", "reuse.tcl", "project.tcl"])
            let label = "tool.tcl of " + task.orders(scripting)
            let settings = ToolScriptStep.Settings(text: tool.entry.script)
            made = try await context.run(ToolScriptStep.self, label, settings: settings).inputs()
        case .hlsConfig: names.formUnion(more.filter { !$0.ends(with: ".tcl") })
        }
        for unit in list.units where unit.source.begins(with: "firmware/") {
            names.formUnion([unit.source] + unit.includes)
        }
        // The tools bring their own.
        names = names.filter { !$0.begins(with: "firmware/ap_types/") }
        return (names.compactMap { name in written[name].map { StepInput(name, $0) } } + made).sorted {
            $0.name < $1.name
        }
    }

    /// The Verilog of stage synth below a folder.
    func verilog(under folder: String, _ context: StageContext) throws -> [StepInput] {
        try context.outputs(of: .synth).filter { $0.key.begins(with: "verilog/") }.map { path, artifact in
            StepInput(folder + path.dropFirst("verilog".count), artifact)
        }.sorted { $0.name < $1.name }
    }

    /// What the names of all files begin with that the tool keeps from one run to the next.
    func kept(_ tool: VendorTool) -> String { tool.entry.reports.project(top: project.name) + "/" }

    func requireSuccessor(_ tool: VendorTool, _ what: String) throws {
        guard let missing = tool.missingSuccessor else { return }
        throw StageUnavailable(
            "\(what) needs \(missing), which is not beside \(tool.identity.path)", subject: toolsSubject,
            help: "take another program: 'tools: {vitis: vitis-run}' or '{vitis: vitis_hls}'")
    }

    var target: HardwareTarget {
        HardwareTarget(
            top: project.name, part: project.part, clockPeriod: project.clock.period.decimal(places: 6),
            clockUncertainty: project.clock.uncertainty.map { $0.decimal(places: 6) + "%" },
            flow: project.hardwareFlow.rawValue)
    }

    func vendorTools(_ context: StageContext) throws -> VendorTools {
        try VendorTools(world: context.world, tools: project.tools, roots: site.toolRoots)
    }

    func required(_ tools: VendorTools, _ role: ToolRole) async throws -> VendorTool {
        switch try await tools.find(role) {
        case .found(let tool): return tool
        case .missing(let message, _): throw StageUnavailable(message, subject: toolsSubject)
        }
    }

    /// What in the project file asks for the vendor's tools: where they are, if it says so, else the back end.
    private var toolsSubject: [String] {
        let named = [ToolName.vitis, .vivado, .vivadoHLS].first { project.tools[$0] != nil }
        return named.map { ["tools", $0.rawValue] } ?? ["backend"]
    }

    func optional(_ tools: VendorTools, _ role: ToolRole) async throws -> VendorTool? {
        switch try await tools.find(role) {
        case .found(let tool): return tool
        case .missing: return nil
        }
    }
}
