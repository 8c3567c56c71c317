internal import Basics
internal import BuildEngine
internal import Frontends
internal import LayerKit
internal import Layers

/// The project's input data quantised to the types of the Design: what the compiled firmware reads.
enum PrepareInputStep: PureStep {
    static let name = "prepare-input"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// What the user calls the files, for messages.
        var names: [String]
    }

    static func dataName(_ index: Int) -> String { "data/\(index)" }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let design = try OptimizeStep.design(inputs)
        let arrays = try settings.names.enumerated().map { index, name in
            try DataFile.read(inputs.bytes(dataName(index)), name: name)
        }
        let batch = try InputBatch(arrays, names: settings.names, for: design)
        return [OutputFile(RunFirmwareStep.input, try RawFile.input(design, batch.values, samples: batch.samples))]
    }
}
