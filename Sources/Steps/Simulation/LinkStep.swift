internal import BuildEngine

/// The objects linked to the program that runs the firmware.
enum LinkStep: CommandStep {
    static let name = "link"
    static let version = 2

    struct Settings: Encodable, Sendable {
        var compiler: ToolIdentity
        /// The program's file name.
        var program: String
    }

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        CommandPlan(
            tool: settings.compiler,
            arguments: inputs.names + ["-Wl,--build-id=none", "-o", settings.program],
            outputs: [CommandPlan.Output(settings.program)], environment: CompileStep.environment)
    }

    static func judge(_ run: CommandRun, _ settings: Settings) -> Judgement {
        guard case .success = run.judgementByStatus else { return CompilerMessages.judge(run) }
        return CompilerMessages.proven(run, settings.program, [.program, .library])
    }
}
