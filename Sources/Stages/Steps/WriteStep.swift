internal import Basics
internal import BuildEngine
internal import HLSWriter
internal import Layers
internal import Tools

/// `write`: a Design becomes an HLS C++ project.
enum WriteStep: PureStep {
    static let name = "write"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var project: String
        var dialect: WriterSettings.Dialect
        var part: String
        var clockPeriod: String
        var clockUncertainty: String?
        /// Of the exported IP.
        var version: String
        var flow: WriterSettings.Flow
    }

    /// Below which the step sees the templates.
    static let templates = "templates"
    /// Below which the written project lies among the step's outputs.
    static let sources = "project"
    /// What the scripts need to know of the tool's release; as written, for the newest.
    static let toolScript = "tool.tcl"
    /// The output that lists the translation units of the C simulation.
    static let units = "units.txt"

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let design = try OptimizeStep.design(inputs)
        var templates: [String: [UInt8]] = [:]
        for name in inputs.names(under: Self.templates) {
            templates[String(name.dropFirst(Self.templates.count + 1))] = try inputs.bytes(name)
        }
        let written = try HLSWriter.write(
            design,
            settings: WriterSettings(
                project: settings.project, dialect: settings.dialect, part: settings.part,
                clockPeriod: settings.clockPeriod, clockUncertainty: settings.clockUncertainty,
                version: settings.version, flow: settings.flow),
            templates: templates)
        var files = written.map { OutputFile(sources + "/" + $0.path, $0.bytes) }
        let role: ToolRole = settings.dialect == .vitis ? .vitis : .vivadoHLS
        if let tool = ToolTable.newest(role) {
            files.append(OutputFile(sources + "/" + toolScript, text: tool.script))
        }
        files.append(OutputFile(units, text: CompilationList(HLSWriter.compilationUnits(written)).text))
        return PureResult(files, diagnostics: try HLSWriter.warnings(design, project: settings.project))
    }
}

/// The translation units of the C simulation as text: each unit's source on a line, the files it includes indented
/// below.
struct CompilationList {
    struct Unit {
        var source: String
        var includes: [String]
    }

    var units: [Unit]

    init(_ units: [CompilationUnit]) {
        self.units = units.map { Unit(source: $0.source, includes: $0.includes) }
    }

    init(parsing text: String) {
        units = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix(" "), let last = units.indices.last {
                units[last].includes.append(String(line.drop { $0 == " " }))
            } else {
                units.append(Unit(source: String(line), includes: []))
            }
        }
    }

    var text: String {
        units.map { unit in
            ([unit.source] + unit.includes.sorted().map { "  " + $0 }).map { $0 + "\n" }.joined()
        }.joined()
    }
}
