internal import BuildEngine

/// The firmware run on prepared raw inputs.
enum RunFirmwareStep: CommandStep {
    static let name = "run-firmware"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var program: ToolIdentity
    }

    static let input = "input.raw"
    static let output = "output.raw"

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        // Of no samples it makes no results.
        CommandPlan(
            tool: settings.program, arguments: [input, output],
            outputs: [CommandPlan.Output(output, mayBeEmpty: inputs[input]?.size == 0)], environment: ["LC_ALL": "C"])
    }
}
