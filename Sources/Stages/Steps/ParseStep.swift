internal import Basics
internal import BuildEngine
internal import Config
internal import Frontends
internal import Layers

/// `parse`: the files of a trained model become a Model.
enum ParseStep: PureStep {
    static let name = "parse"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// Shapes of the inputs where the model file does not state them.
        var inputShapes: [[Int]]
        /// What the user calls the files, for messages: one whole model, or architecture and weights.
        var names: [String]
    }

    /// The names under which the step sees the files of a source, and where each lies.
    static func files(of source: ModelSource) -> [(name: String, written: String)] {
        switch source {
        case .file(let path): [("model", path)]
        case .parts(let architecture, let weights): [("architecture", architecture), ("weights", weights)]
        }
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        func file(_ name: String, _ index: Int) throws -> ModelFiles.File {
            ModelFiles.File(
                name: index < settings.names.count ? settings.names[index] : name, bytes: try inputs.bytes(name))
        }
        let model = try ModelReader.read(
            inputs.contains("model")
                ? .whole(file("model", 0)) : .parts(architecture: file("architecture", 0), weights: file("weights", 1)))
        let written = try NetworkFiles(model)
        return [OutputFile("model.json", written.document), OutputFile("tensors.bin", written.tensors)]
    }
}
