internal import Basics
public import BuildEngine
internal import Config
public import Layers
internal import Measures

extension Stage {
    /// The C++ compiled for this machine and run on the project's data.
    public static let csim = Stage(
        .csim, needs: [.optimize, .write], summary: "compile the C++ and run it"
    ) { site, context in try await site.simulate(context) }
}

extension ProjectSite {
    /// The program that runs the firmware, compiled: one object per translation unit, each from the files it includes.
    private func firmwareProgram(_ context: StageContext) async throws -> Artifact {
        let compiler = try await Toolchain.compiler(self, context)
        let unknownFlags = try await Toolchain.unknown(CompileStep.flags, to: compiler, context.world)
        let list = try StageOutput.units.read(context)
        let sources = try await simulatedSources(list, context)
        let objects = try await withThrowingTaskGroup(of: StepResult.self) { group in
            for unit in list.units {
                let inputs = ([unit.source] + unit.includes).compactMap { path in
                    sources[path].map { StepInput(path, $0) }
                }
                group.addTask {
                    try await context.run(
                        CompileStep.self, "compile " + unit.source,
                        settings: CompileStep.Settings(
                            compiler: compiler, source: unit.source, includeFolders: CompileStep.includeFolders,
                            unknownFlags: unknownFlags),
                        inputs: inputs)
                }
            }
            return try await group.reduce(into: [StepInput]()) { $0 += $1.inputs() }
        }
        let program = project.name + "_csim"
        let linked = try await context.run(
            LinkStep.self, "link", settings: LinkStep.Settings(compiler: compiler, program: program),
            inputs: objects.sorted { $0.name < $1.name })
        return try linked.output(program)
    }

    /// What the compiler reads, by its path: the written files, those that may hold pragmas without them.
    private func simulatedSources(_ list: CompilationList, _ context: StageContext) async throws -> [String: Artifact] {
        var sources = try context.outputs(of: .write)
        let read = Set(list.units.flatMap { [$0.source] + $0.includes })
        let texts = read.sorted().filter { !$0.begins(with: WriteStep.constants) }
        let stripped = try await context.run(
            StripPragmasStep.self, "strip pragmas", settings: StripPragmasStep.Settings(),
            inputs: texts.compactMap { path in sources[path].map { StepInput(path, $0) } })
        for input in stripped.inputs() { sources[input.name] = input.artifact }
        return sources
    }

    func simulate(_ context: StageContext) async throws {
        for warning in Budget.unmeasured(project) { context.report(warning) }
        let program = try await firmwareProgram(context)
        var files = [project.name + "_csim": program]
        if !project.data.inputs.isEmpty {
            let compared = try await runAndCompare(context, program)
            files.merge(compared.outputs) { _, new in new }
        }
        context.layOut(files)
    }

    /// What the compiled firmware gives for the samples in `files`, one file per input: raw integers, one array per
    /// output, samples x elements.
    public func firmwareAnswer(_ design: Design, to files: [String], layout: DataLayout?, _ context: StageContext)
        async throws -> [[Int64]]
    {
        let program = try await firmwareProgram(context)
        let output = try await run(program, on: files, layout: layout, context).output(RunFirmwareStep.output)
        return try RawFile.outputs(PlacedDesign(design), context.bytes(of: output))
    }

    /// The firmware's raw outputs for the samples in `files`, one file per input.
    /// - Parameter key: where the project file names the files, if it does.
    private func run(
        _ program: Artifact, on files: [String], named key: [String] = [], layout: DataLayout? = nil,
        _ context: StageContext
    ) async throws -> StepResult {
        let prepared = try await context.run(
            PrepareInputStep.self, "prepare input", settings: PrepareInputStep.Settings(names: files, layout: layout),
            inputs: try StageOutput.design.inputs(context) + dataInputs(files, named: key, context))
        return try await context.run(
            RunFirmwareStep.self, "run",
            settings: RunFirmwareStep.Settings(program: ToolIdentity(input: "program", program)),
            inputs: [
                StepInput("program", program),
                StepInput(RunFirmwareStep.input, try prepared.output(RunFirmwareStep.input)),
            ])
    }

    private func runAndCompare(_ context: StageContext, _ program: Artifact) async throws -> StepResult {
        let run = try await run(program, on: project.data.inputs, named: ["data", "input"], context)
        let expected = try project.data.expected.enumerated().map { index, path in
            StepInput(
                CompareStep.expectedName(index), try source(path, named: ["data", "expected"], context, within: .data))
        }
        return try await context.run(
            CompareStep.self, "compare",
            settings: CompareStep.Settings(
                tolerance: project.data.tolerance,
                expectations: project.expectations.filter(\.metric.isMeasuredBySimulation),
                expectedCount: expected.count),
            inputs: try StageOutput.design.inputs(context) + expected
                + [StepInput(RunFirmwareStep.output, try run.output(RunFirmwareStep.output))])
    }
}
