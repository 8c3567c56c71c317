internal import Basics
public import BuildEngine
internal import Config
public import Layers
internal import Measures
internal import Options

extension Stage {
    /// The C++ compiled for this machine and run on the project's data.
    public static let csim = Stage(
        .csim, needs: [.parse, .optimize, .write], summary: "compile the C++ and run it"
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
        let files = [project.name + "_csim": program]
        guard !project.data.inputs.isEmpty else {
            context.remark("nothing was simulated: the project file names no data ('data: {input: ...}')")
            return context.layOut(files)
        }
        let measured = try await runAndCompare(context, program)
        context.layOut(files.merging(measured.outputs) { _, new in new })
        if !measured.isUnknown {
            for row in try StageOutput.simulation.read(measured, context) {
                context.remark(row.line(tolerance: project.data.tolerance?.text))
            }
        }
        _ = try await context.run(
            JudgeStep.self, "judge",
            settings: JudgeStep.Settings(
                tolerance: project.data.tolerance,
                expectations: project.expectations.filter(\.metric.isMeasuredBySimulation)),
            inputs: try StageOutput.simulation.files.map { StepInput($0, try measured.output($0)) })
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
        let data = project.data
        func sources(_ files: [String], _ key: String, _ name: (Int) -> String) throws -> [StepInput] {
            try files.enumerated().map { index, path in
                StepInput(name(index), try source(path, named: ["data", key], context, within: .data))
            }
        }
        let known =
            try sources(data.expected, "expected", CompareStep.expectedName)
            + sources(data.labels, "labels", CompareStep.labelsName)
        let trained = data.expected.isEmpty || !data.labels.isEmpty ? try await modelAsTrained(context).inputs() : []
        return try await context.run(
            CompareStep.self, "compare",
            settings: CompareStep.Settings(expected: data.expected, labels: data.labels),
            inputs: try StageOutput.design.inputs(context) + known + trained
                + [StepInput(RunFirmwareStep.output, try run.output(RunFirmwareStep.output))])
    }

    private func modelAsTrained(_ context: StageContext) async throws -> StepResult {
        let names = project.data.inputs
        return try await context.run(
            ReferenceStep.self, "model as trained",
            settings: ReferenceStep.Settings(names: names, skips: project.options.skips),
            inputs: try StageOutput.model.inputs(context) + dataInputs(names, named: ["data", "input"], context))
    }
}
