internal import Basics
internal import BuildEngine
internal import Config
internal import Frontends
internal import Layers

extension Stage {
    /// The files of a trained model become a Model.
    public static let parse = Stage(
        .parse, summary: "read the trained model", blame: .input,
        PureStage(
            ParseStep.self,
            sources: { project in
                ParseStep.files(of: project.model).map {
                    .init(name: $0.name, path: $0.written, key: ["model", $0.name], limit: .model)
                }
            },
            explain: ParseStep.located,
            settings: { .init(names: ParseStep.files(of: $0.model).map(\.written)) }))
}

/// Reads a model.
enum ParseStep: PureStep {
    static let name = "parse"
    static let version = 1

    struct Settings: Encodable, Sendable {
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
        return PureResult(try StageOutput.model.written(model))
    }

    /// What is wrong is in the model file; the project file's part in it is the line that names the model, or what it
    /// says of the layer, if it says anything.
    static func located(_ diagnostic: Diagnostic, _ project: Project) -> Diagnostic {
        let subject = diagnostic.subject
        if subject.first == "layers", subject.count > 1, project.places.wrote(Array(subject.prefix(2))) {
            return diagnostic
        }
        var diagnostic = diagnostic
        diagnostic.subject = ["model"]
        return diagnostic
    }
}
