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
        var templates: [String: [UInt8]] = [:]
        for name in inputs.names(under: Self.templates) {
            templates[String(name.dropFirst(Self.templates.count + 1))] = try inputs.bytes(name)
        }
        let project = try HLSProject(StageOutput.design.read(inputs), project: settings.project)
        let choices = WriterSettings(
            project: settings.project, dialect: settings.dialect, part: settings.part,
            clockPeriod: settings.clockPeriod, clockUncertainty: settings.clockUncertainty,
            ip: settings.ip, interface: settings.interface, flow: settings.flow)
        let written = try project.files(choices, templates: templates)
        var files = written.map { OutputFile(sources + "/" + $0.path, $0.bytes) }
        let role: ToolRole = settings.dialect == .vitis ? .vitis : .vivadoHLS
        if let tool = ToolTable.newest(role) {
            files.append(OutputFile(sources + "/" + ToolEntry.scriptFile, text: tool.script))
        }
        files += try StageOutput.units.written(CompilationList(HLSProject.compilationUnits(written)))
        return PureResult(files, diagnostics: project.warnings(choices))
    }
}
