internal import Basics
internal import BuildEngine
internal import Layers
internal import Optimizer
internal import Options

/// `optimize`: a Model becomes a Design.
enum OptimizeStep: PureStep {
    static let name = "optimize"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var options: OptionTable
        var io: IOType
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let model = try NetworkFiles.read(
            Model.self, document: inputs.bytes("model.json"), tensors: inputs.bytes("tensors.bin"))
        let (design, warnings) = try Pipeline.optimize(model, options: settings.options, io: settings.io)
        let files = try NetworkFiles(design)
        return PureResult(
            [OutputFile("design.json", files.document), OutputFile("weights.bin", files.tensors)],
            diagnostics: warnings)
    }

    static func design(_ inputs: StepInputs) throws -> Design {
        try NetworkFiles.read(
            Design.self, document: inputs.bytes("design.json"), tensors: inputs.bytes("weights.bin"))
    }
}
