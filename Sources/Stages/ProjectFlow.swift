public import Basics
public import BuildEngine
public import Config
internal import HLSWriter
internal import Options

/// The stages of a project as a graph: the owner's card.
///
/// A stage turns what the project file says into the settings of steps, each step seeing only its own.
public struct ProjectFlow: Sendable {
    public let project: Project
    let templates: TemplateSource
    /// Where the vendor's tools are looked for; nil: where the installers put them.
    let toolRoots: [String]?

    public init(_ project: Project, templates: TemplateSource, toolRoots: [String]? = nil) {
        self.project = project
        self.templates = templates
        self.toolRoots = toolRoots
    }

    /// Names of all stages, in the order of the road.
    public static let stageNames = ["parse", "optimize", "write", "csim", "synth", "vsynth", "export"]

    public func flow() throws(DiagnosticError) -> Flow {
        try Flow([
            StageNode("parse", summary: "read the trained model", body: parse),
            StageNode("optimize", needs: ["parse"], summary: "state every type", body: optimize),
            StageNode("write", needs: ["optimize"], summary: "write the HLS C++ project", body: write),
            StageNode("csim", needs: ["optimize", "write"], summary: "compile the C++ and run it", body: simulate),
            StageNode("synth", needs: ["optimize", "write"], summary: "C++ to RTL", body: synthesize),
            StageNode("vsynth", needs: ["write", "synth"], summary: "RTL to gates", body: implement),
            StageNode("export", needs: ["write", "synth"], summary: "package the IP", body: export),
        ])
    }

    @Sendable func parse(_ context: StageContext) async throws {
        let files = ParseStep.files(of: project.model)
        let inputs = try files.map {
            StepInput($0.name, try source($0.written, named: ["model", $0.name], context))
        }
        do {
            let result = try await context.run(
                ParseStep.self, "parse",
                settings: ParseStep.Settings(inputShapes: project.hints.inputShapes, names: files.map(\.written)),
                inputs: inputs)
            context.layOut(result.outputs)
        } catch let error as DiagnosticError {
            // What is wrong is in the model file; the project file's part in it is the line that names the model.
            throw DiagnosticError(
                error.diagnostics.map { diagnostic in
                    var diagnostic = diagnostic
                    diagnostic.subject = ["model"]
                    return diagnostic
                })
        }
    }

    /// A file of the user. One that cannot be read is reported at the place where the project file names it.
    /// - Parameter key: that place; empty for a file of the command line.
    func source(_ path: String, named key: [String], _ context: StageContext) throws -> Artifact {
        do { return try context.source(path) } catch let error as FileError {
            var diagnostic = error.diagnostic
            diagnostic.subject = key
            if !key.isEmpty { diagnostic.help = diagnostic.help ?? "paths are relative to the project file" }
            throw DiagnosticError(diagnostic)
        }
    }

    @Sendable func optimize(_ context: StageContext) async throws {
        let inputs = try context.outputs(of: "parse").map { StepInput($0.key, $0.value) }
        let result = try await context.run(
            OptimizeStep.self, "optimize",
            settings: OptimizeStep.Settings(options: project.options, io: project.io),
            inputs: inputs)
        context.layOut(result.outputs)
    }

    @Sendable func write(_ context: StageContext) async throws {
        var inputs = try context.outputs(of: "optimize").map { StepInput($0.key, $0.value) }
        for (name, artifact) in try await templates.artifacts(context) {
            inputs.append(StepInput(WriteStep.templates + "/" + name, artifact))
        }
        let result = try await context.run(
            WriteStep.self, "write",
            settings: WriteStep.Settings(
                project: project.name, dialect: project.backend == .vivado ? .vivado : .vitis, part: project.part,
                clockPeriod: project.clock.period.decimal(places: 6),
                clockUncertainty: project.clock.uncertainty.map { $0.decimal(places: 6) + "%" },
                version: project.vendor.version, flow: hardwareFlow),
            inputs: inputs)
        var visible: [String: Artifact] = [:]
        for (path, artifact) in result.outputs where path.hasPrefix(WriteStep.sources + "/") {
            visible[String(path.dropFirst(WriteStep.sources.count + 1))] = artifact
        }
        context.layOut(visible)
        if !project.data.inputs.isEmpty { context.layOut(try await testBenchData(context)) }
        context.provide([WriteStep.units: try result.output(WriteStep.units)])
    }

    /// What the written test bench reads.
    private func testBenchData(_ context: StageContext) async throws -> [String: Artifact] {
        let (data, expected) = (project.data.inputs, project.data.expected)
        let inputs =
            try data.enumerated().map {
                StepInput(TestBenchDataStep.inputName($0), try source($1, named: ["data", "input"], context))
            }
            + expected.enumerated().map {
                StepInput(TestBenchDataStep.expectedName($0), try source($1, named: ["data", "expected"], context))
            }
        return try await context.run(
            TestBenchDataStep.self, "test bench data",
            settings: TestBenchDataStep.Settings(inputs: data, expected: expected), inputs: inputs
        ).outputs
    }
}
