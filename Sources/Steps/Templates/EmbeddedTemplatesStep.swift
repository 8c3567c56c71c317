internal import Basics
internal import BuildEngine

/// The templates within the executable as files of a step, for an executable that was copied away from its folder.
enum EmbeddedTemplatesStep: PureStep {
    static let name = "embedded-templates"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// Of all of them together.
        var digest: String
        /// Folders of templates.
        var parts: [String]
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        PureResult(EmbeddedTemplates.files(settings.parts).map { OutputFile($0.path, $0.bytes) })
    }
}
