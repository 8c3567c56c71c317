internal import Basics
public import BuildEngine
internal import Config
internal import Emulator
internal import FixedPoint
internal import Frontends
internal import LayerKit
internal import Layers
internal import Synchronization

/// Runs a network on data with any of the engines.
public struct Predictor: Sendable {
    public enum Engine: String, CaseIterable, Sendable {
        /// Exact integers, in this process.
        case emulator
        /// The compiled C++ firmware.
        case csim
        /// The simulated RTL.
        case rtl
        /// The model as trained, in double precision.
        case float
    }

    let workspace: Workspace
    let runner: any ActionRunner
    let reporter: any Reporter
    let jobs: Int

    public init(_ workspace: Workspace, runner: any ActionRunner, reporter: any Reporter, jobs: Int) {
        self.workspace = workspace
        self.runner = runner
        self.reporter = reporter
        self.jobs = jobs
    }

    /// What came out: one array per output of the model, samples x elements.
    public struct Answer: Sendable {
        public enum Values: Sendable {
            case numbers([[Double]])
            case raw([[Int64]])
        }

        public var values: Values
        public var names: [String]
        public var shapes: [[Int]]
        public var samples: Int
    }

    /// - Parameters:
    ///   - inputs: absolute paths of `.npy` files, one per input of the model, in its order.
    ///   - raw: integers in units of the output types' last places instead of numbers.
    ///   - traceFolder: where the emulator writes every tensor of the design as `.npy`; nil: nowhere.
    ///
    /// - Returns: nil where a stage that the engine needs failed; the reporter was told.
    public func predict(_ engine: Engine, inputs: [String], raw: Bool, traceFolder: String?) async throws
        -> (Answer?, BuildSummary)
    {
        let result = Result()
        let stages = workspace.stages
        let flow = try Flow([
            StageNode("parse", summary: "", body: stages.parse),
            StageNode("optimize", needs: ["parse"], summary: "", body: stages.optimize),
            StageNode("write", needs: ["optimize"], summary: "", body: stages.write),
            StageNode("predict", needs: engine.needs, summary: "") { context in
                let answer = try await answer(engine, inputs, raw, traceFolder, context)
                result.answer.withLock { $0 = answer }
            },
        ])
        let builder = Builder(world: workspace.world, runner: runner, reporter: reporter)
        let summary = try await builder.build(flow, BuildOptions(targets: ["predict"], jobs: jobs))
        return (result.answer.withLock { $0 }, summary)
    }

    /// Where the last stage leaves what it found out.
    private final class Result: Sendable {
        let answer = Mutex<Answer?>(nil)
    }

    private func answer(
        _ engine: Engine, _ inputs: [String], _ raw: Bool, _ traceFolder: String?, _ context: StageContext
    ) async throws -> Answer {
        switch engine {
        case .emulator: return try emulate(inputs, raw, traceFolder, context)
        case .csim: return try await simulate(inputs, raw, context)
        case .float: return try evaluate(inputs, raw, context)
        case .rtl:
            throw StageUnavailable(
                "no RTL to simulate: stage synth of the open back end does not write any yet",
                help: "use --engine emulator or --engine csim: they give the same integers")
        }
    }

    private func design(_ context: StageContext) throws -> Design {
        try NetworkFiles.read(
            Design.self, document: context.bytes(of: context.output("design.json", of: "optimize")),
            tensors: context.bytes(of: context.output("weights.bin", of: "optimize")))
    }

    private func batch(_ inputs: [String], _ context: StageContext, for design: Design) throws -> InputBatch {
        let arrays = try inputs.map { try DataFile.read(context.bytes(of: context.source($0)), name: $0) }
        return try InputBatch(arrays, names: inputs, for: design)
    }

    private func answer(_ values: Answer.Values, _ design: Design, _ samples: Int) -> Answer {
        let shapes = design.outputs.map { design.tensor($0)?.shape ?? [] }
        return Answer(values: values, names: design.outputs, shapes: shapes, samples: samples)
    }

    private func emulate(_ inputs: [String], _ raw: Bool, _ traceFolder: String?, _ context: StageContext) throws
        -> Answer
    {
        let design = try design(context)
        let batch = try batch(inputs, context, for: design)
        let emulator = Emulator(design)
        if let traceFolder { try Trace.write(emulator, batch, into: traceFolder) }
        let values: Answer.Values =
            raw
            ? .raw(try emulator.predictRaw(batch.values, samples: batch.samples))
            : .numbers(emulator.predict(batch.values, samples: batch.samples))
        return answer(values, design, batch.samples)
    }

    private func simulate(_ inputs: [String], _ raw: Bool, _ context: StageContext) async throws -> Answer {
        let design = try design(context)
        let program = try await workspace.stages.firmwareProgram(context)
        let output = try await workspace.stages.run(program, on: inputs, context).output(RunFirmwareStep.output)
        let words = try RawFile.outputs(design, context.bytes(of: output))
        let types = design.outputs.compactMap { design.tensor($0)?.type }
        let samples = try batch(inputs, context, for: design).samples
        let values: Answer.Values =
            raw ? .raw(words) : .numbers(zip(words, types).map { words, type in words.map { type.value($0) } })
        return answer(values, design, samples)
    }

    private func evaluate(_ inputs: [String], _ raw: Bool, _ context: StageContext) throws -> Answer {
        if raw {
            throw DiagnosticError(
                .error("--raw with --engine float: the model as trained has no integers", help: "leave out --raw"))
        }
        let model = try NetworkFiles.read(
            Model.self, document: context.bytes(of: context.output("model.json", of: "parse")),
            tensors: context.bytes(of: context.output("tensors.bin", of: "parse")))
        let arrays = try inputs.map { try DataFile.read(context.bytes(of: context.source($0)), name: $0) }
        let shapes = model.inputs.map { model[$0]?.shape ?? [] }
        let batch = try InputBatch(arrays, names: inputs, inputs: Array(zip(model.inputs, shapes)))
        var results = model.outputs.map { _ in [Double]() }
        for sample in 0..<batch.samples {
            let slices = zip(batch.values, shapes).map { values, shape in
                Array(values[sample * shape.elementCount..<(sample + 1) * shape.elementCount])
            }
            for (slot, output) in model.evaluateFloat(slices).enumerated() { results[slot] += output }
        }
        return Answer(
            values: .numbers(results), names: model.outputs, shapes: model.outputs.map { model[$0]?.shape ?? [] },
            samples: batch.samples)
    }
}

extension Predictor.Engine {
    var needs: [String] {
        switch self {
        case .float: ["parse"]
        case .emulator: ["parse", "optimize"]
        case .csim, .rtl: ["optimize", "write"]
        }
    }
}
