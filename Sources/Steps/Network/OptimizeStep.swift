internal import Basics
internal import BuildEngine
internal import Config
internal import Layers
internal import Optimizer
internal import Options

extension Stage {
    /// A Model becomes a Design.
    public static let optimize = Stage(
        .optimize, needs: [.parse], summary: "state every type", blame: .input,
        PureStage(
            OptimizeStep.self, finish: AdderSteps.finish, settings: { .init(options: $0.options, io: $0.io) }))
}

/// States every type.
enum OptimizeStep: PureStep {
    static let name = "optimize"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var options: OptionTable
        var io: IOType
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let model = try StageOutput.model.read(inputs)
        let (design, warnings) = try Pipeline.optimize(model, options: settings.options, io: settings.io)
        let files = try StageOutput.design.written(design) + AdderSteps.tasks(design)
        return PureResult(files, diagnostics: warnings)
    }
}
