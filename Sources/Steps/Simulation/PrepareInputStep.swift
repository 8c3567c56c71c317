internal import Basics
internal import BuildEngine
internal import LayerKit
internal import Layers

/// The project's input data quantised to the types of the Design: what the compiled firmware reads.
enum PrepareInputStep: PureStep {
    static let name = "prepare-input"
    static let version = 2

    struct Settings: Encodable, Sendable {
        /// What the user calls the files, for messages.
        var names: [String]
        /// What the files have where their shape does not tell.
        var layout: DataLayout?
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let design = try StageOutput.design.read(inputs)
        let batch = try InputBatch(in: inputs, names: settings.names, for: design, layout: settings.layout)
        // What the firmware gives is written by itself: it is not run for more than can be read.
        try ResultSize.check(PlacedDesign(design).outputs.map(\.shape), samples: batch.samples)
        let raw = OutputFile(RunFirmwareStep.input, try RawFile.input(design, batch.values, samples: batch.samples))
        return PureResult([raw], diagnostics: batch.warnings(settings.names, for: design))
    }
}
