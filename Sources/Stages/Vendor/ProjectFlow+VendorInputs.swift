internal import Basics
internal import BuildEngine
internal import Config
internal import HLSWriter
internal import Options
internal import Tools

/// What the stages of the vendor's tools have in common: their tools, their inputs, what the hardware is for.
extension ProjectFlow {
    /// What every run of the HLS tool reads: the written project without what only this machine's compiler needs.
    ///
    /// - Parameter more: Files that the task needs besides; scripts among them only if the tool takes scripts.
    func hlsInputs(_ task: HLSTask, _ more: [String], _ tool: VendorTool, _ context: StageContext) async throws
        -> [StepInput]
    {
        let written = try context.outputs(of: "write")
        let list = CompilationList(
            parsing: String(
                decoding: try context.bytes(of: context.output(WriteStep.units, of: "write")), as: UTF8.self))
        let scripting = tool.entry.scripting
        var names = Set([task.orders(scripting)])
        var made: [StepInput] = []
        switch scripting {
        case .hlsTcl, .vivadoTcl:
            names.formUnion(more + ["hls.tcl", "reuse.tcl", "project.tcl"])
            let label = "tool.tcl of " + task.orders(scripting)
            let settings = ToolScriptStep.Settings(text: tool.entry.script)
            made = try await context.run(ToolScriptStep.self, label, settings: settings).inputs()
        case .hlsConfig: names.formUnion(more.filter { !$0.hasSuffix(".tcl") })
        }
        for unit in list.units where unit.source.hasPrefix("firmware/") {
            names.formUnion([unit.source] + unit.includes)
        }
        // The tools bring their own.
        names = names.filter { !$0.hasPrefix("firmware/ap_types/") }
        return (names.compactMap { name in written[name].map { StepInput(name, $0) } } + made).sorted {
            $0.name < $1.name
        }
    }

    /// The Verilog of stage synth below a folder.
    func verilog(under folder: String, _ context: StageContext) throws -> [StepInput] {
        try context.outputs(of: "synth").filter { $0.key.hasPrefix("verilog/") }.map { path, artifact in
            StepInput(folder + path.dropFirst("verilog".count), artifact)
        }.sorted { $0.name < $1.name }
    }

    /// What the names of all files begin with that the tool keeps from one run to the next.
    func kept(_ tool: VendorTool) -> String { tool.entry.reports.project(top: project.name) + "/" }

    func requireSuccessor(_ tool: VendorTool, _ what: String) throws {
        guard let missing = tool.missingSuccessor else { return }
        throw StageUnavailable(
            "\(what) needs \(missing), which is not beside \(tool.identity.path)",
            help: "take another program: `tools: {vitis: vitis-run}` or `{vitis: vitis_hls}`")
    }

    /// What the hardware is for: a kernel and an IP get other interfaces, and one synthesis serves all stages.
    var hardwareFlow: WriterSettings.Flow {
        switch project.vendor.format {
        case .ipCatalog: .vivado
        case .xo: .vitis
        }
    }

    var target: HardwareTarget {
        HardwareTarget(
            top: project.name, part: project.part, clockPeriod: project.clock.period.decimal(places: 6),
            clockUncertainty: project.clock.uncertainty.map { $0.decimal(places: 6) + "%" },
            flow: hardwareFlow.rawValue)
    }

    func hlsRole(_ stage: String) throws -> ToolRole {
        switch project.backend {
        case .open:
            throw StageUnavailable(
                "stage \(stage): the open back end writes no RTL yet", help: "write `backend: vitis` for AMD's tools")
        case .vitis: return .vitis
        case .vivado: return .vivadoHLS
        }
    }

    func vendorTools(_ stage: String, _ context: StageContext) async throws -> VendorTools {
        _ = try hlsRole(stage)
        return try VendorTools(world: context.world, tools: project.tools, roots: toolRoots)
    }

    func required(_ tools: VendorTools, _ role: ToolRole) async throws -> VendorTool {
        switch try await tools.find(role) {
        case .found(let tool): return tool
        case .missing(let message, _): throw StageUnavailable(message)
        }
    }

    func optional(_ tools: VendorTools, _ role: ToolRole) async throws -> VendorTool? {
        switch try await tools.find(role) {
        case .found(let tool): return tool
        case .missing: return nil
        }
    }
}
