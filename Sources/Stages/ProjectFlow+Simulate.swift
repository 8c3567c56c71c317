internal import Basics
internal import BuildEngine
internal import Config

extension ProjectFlow {
    /// The program that runs the firmware, compiled: one object per translation unit, each from the files it includes.
    func firmwareProgram(_ context: StageContext) async throws -> Artifact {
        let compiler = try await Toolchain.compiler(project, context)
        let sources = try context.outputs(of: "write")
        let list = CompilationList(
            parsing: String(
                decoding: try context.bytes(of: context.output(WriteStep.units, of: "write")), as: UTF8.self))
        let objects = try await withThrowingTaskGroup(of: StepResult.self) { group in
            for unit in list.units {
                let inputs = ([unit.source] + unit.includes).compactMap { path in
                    sources[path].map { StepInput(path, $0) }
                }
                group.addTask {
                    try await context.run(
                        CompileStep.self, "compile " + unit.source,
                        settings: CompileStep.Settings(
                            compiler: compiler, source: unit.source, includeFolders: CompileStep.includeFolders),
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

    @Sendable func simulate(_ context: StageContext) async throws {
        for warning in Budget.unmeasured(project) { context.report(warning) }
        let program = try await firmwareProgram(context)
        var files = [project.name + "_csim": program]
        if !project.data.inputs.isEmpty {
            let compared = try await runAndCompare(context, program)
            files.merge(compared.outputs) { _, new in new }
        }
        context.layOut(files)
    }

    /// The firmware's raw outputs for the samples in `files`, one file per input.
    /// - Parameter key: where the project file names the files, if it does.
    func run(
        _ program: Artifact, on files: [String], named key: [String] = [], _ context: StageContext
    ) async throws -> StepResult {
        let data = try files.enumerated().map { index, path in
            StepInput(PrepareInputStep.dataName(index), try source(path, named: key, context))
        }
        let prepared = try await context.run(
            PrepareInputStep.self, "prepare input", settings: PrepareInputStep.Settings(names: files),
            inputs: try designInputs(context) + data)
        return try await context.run(
            RunFirmwareStep.self, "run",
            settings: RunFirmwareStep.Settings(program: ToolIdentity(input: "program", program)),
            inputs: [
                StepInput("program", program),
                StepInput(RunFirmwareStep.input, try prepared.output(RunFirmwareStep.input)),
            ])
    }

    private func designInputs(_ context: StageContext) throws -> [StepInput] {
        try ["design.json", "weights.bin"].map { StepInput($0, try context.output($0, of: "optimize")) }
    }

    private func runAndCompare(_ context: StageContext, _ program: Artifact) async throws -> StepResult {
        let run = try await run(program, on: project.data.inputs, named: ["data", "input"], context)
        let expected = try project.data.expected.enumerated().map { index, path in
            StepInput(CompareStep.expectedName(index), try source(path, named: ["data", "expected"], context))
        }
        return try await context.run(
            CompareStep.self, "compare",
            settings: CompareStep.Settings(
                tolerance: project.data.tolerance,
                expectations: project.expectations.filter(\.metric.isMeasuredBySimulation),
                expectedCount: expected.count),
            inputs: try designInputs(context) + expected
                + [StepInput(RunFirmwareStep.output, try run.output(RunFirmwareStep.output))])
    }
}

extension Expectation.Metric {
    /// Whether the C simulation measures it.
    var isMeasuredBySimulation: Bool {
        switch self {
        case .argmaxAgreement, .maxError, .meanError, .mismatches: true
        case .lut, .ff, .dsp, .bram, .uram, .latency, .interval, .clock, .slack, .power, .accuracy: false
        }
    }
}
