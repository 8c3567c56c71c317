internal import Basics
internal import BuildEngine
internal import HLSWriter
internal import Layers
internal import Options
internal import Tools

/// Writes the HLS C++ project.
enum WriteStep: PureStep {
    static let name = "write"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var project: String
        var dialect: WriterSettings.Dialect
        var part: String
        var clockPeriod: String
        var clockUncertainty: String?
        var ip: IPDescription
        var interface: InterfaceOptions
        var flow: WriterSettings.Flow
    }

    /// Below which the step sees the templates.
    static let templates = "templates"
    /// Below which the written project has its constants, in files without pragmas.
    static let constants = "firmware/weights/"
    /// Below which the written project lies among the step's outputs.
    static let sources = "project"

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let (written, warnings) = try write(settings, inputs, .written)
        var files = written.map { OutputFile(sources + "/" + $0.path, $0.bytes) }
        let role: ToolRole = settings.dialect == .vitis ? .vitis : .vivadoHLS
        if let tool = ToolTable.newest(role) {
            files.append(OutputFile(sources + "/" + ToolEntry.scriptFile, text: tool.script))
        }
        files += try StageOutput.units.written(CompilationList(HLSProject.compilationUnits(written)))
        return PureResult(files, diagnostics: warnings)
    }

    /// The written files, and what there is to say of them.
    fileprivate static func write(_ settings: Settings, _ inputs: StepInputs, _ constants: ConstantForm) throws
        -> (files: [GeneratedFile], warnings: [Diagnostic])
    {
        var templates: [String: [UInt8]] = [:]
        for name in inputs.names(under: Self.templates) {
            templates[String(name.dropFirst(Self.templates.count + 1))] = try inputs.bytes(name)
        }
        let project = try HLSProject(StageOutput.design.read(inputs), project: settings.project)
        let choices = WriterSettings(
            project: settings.project, dialect: settings.dialect, part: settings.part,
            clockPeriod: settings.clockPeriod, clockUncertainty: settings.clockUncertainty,
            ip: settings.ip, interface: settings.interface, flow: settings.flow)
        return (
            try project.files(choices, templates: templates, constants: constants), project.warnings(choices)
        )
    }
}

/// Finds out whether the project can be written, with all that writing it would say: millions of weights take seconds and
/// hundreds of megabytes as text, which nobody reads here.
enum DraftStep: PureStep {
    typealias Settings = WriteStep.Settings

    static let name = "draft"
    static let version = 1

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        PureResult([], diagnostics: try WriteStep.write(settings, inputs, .leftOut).warnings)
    }
}
