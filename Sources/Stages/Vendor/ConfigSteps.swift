internal import BuildEngine
internal import Tools

// The same work by configuration files. The programs that read them know no marker of ours: a run went well if the
// driver says so, besides exit status and fresh outputs.

/// C synthesis by `v++`.
enum ConfigCsynthStep: CommandStep {
    typealias Settings = CsynthStep.Settings

    static let name = "csynth by configuration"
    static let version = 1

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        try CsynthStep.plan(settings, inputs)
    }

    static func judge(_ run: CommandRun) -> Judgement {
        VendorLog.judge(run, .synthesis, marker: HLSTask.synthesis.driverMarker)
    }
}

/// Co-simulation by `vitis-run`.
enum ConfigCosimStep: CommandStep {
    typealias Settings = CosimStep.Settings

    static let name = "cosim by configuration"
    static let version = 1

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        try CosimStep.plan(settings, inputs)
    }

    static func judge(_ run: CommandRun) -> Judgement {
        VendorLog.judge(run, .cosimulation, marker: HLSTask.cosimulation.driverMarker)
    }
}

/// Packaging by `vitis-run`.
enum ConfigExportStep: CommandStep {
    typealias Settings = ExportStep.Settings

    static let name = "export by configuration"
    static let version = 1

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        try ExportStep.plan(settings, inputs)
    }

    static func judge(_ run: CommandRun) -> Judgement {
        VendorLog.judge(run, .packaging, marker: HLSTask.packaging.driverMarker)
    }
}

extension StageContext {
    /// Runs a step by whichever of the two ways the tool is driven.
    func run<Scripted: CommandStep, Configured: CommandStep>(
        _ scripted: Scripted.Type, or configured: Configured.Type, _ label: String, _ scripting: ToolEntry.Scripting,
        settings: Scripted.Settings, inputs: [StepInput]
    ) async throws -> StepResult where Scripted.Settings == Configured.Settings {
        switch scripting {
        case .hlsTcl, .vivadoTcl: try await run(scripted, label, settings: settings, inputs: inputs)
        case .hlsConfig: try await run(configured, label, settings: settings, inputs: inputs)
        }
    }
}
