internal import Arrays
internal import Basics
public import BuildEngine
internal import Config
internal import Emulator
internal import FixedPoint
internal import LayerKit
internal import Layers
public import Steps
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

    /// What is asked for.
    public struct Request: Sendable {
        public var engine: Engine
        /// Absolute paths of `.npy` files, one per input of the model, in its order.
        public var inputs: [String]
        /// What the inputs have where their shape does not tell; outputs as the model file has them if it is `model`.
        public var layout: DataLayout?
        /// Integers in units of the output types' last places instead of numbers.
        public var raw: Bool
        /// Where the emulator writes every tensor of the design as `.npy`; nil: nowhere.
        public var traceFolder: String?
        /// What the trace must not write over.
        public var kept: KeptFiles

        public init(
            _ engine: Engine, inputs: [String], layout: DataLayout? = nil, raw: Bool = false,
            traceFolder: String? = nil, kept: KeptFiles = KeptFiles()
        ) {
            self.engine = engine
            self.inputs = inputs
            self.layout = layout
            self.raw = raw
            self.traceFolder = traceFolder
            self.kept = kept
        }
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

    /// - Returns: nil where a stage that the engine needs failed; the reporter was told.
    public func predict(_ request: Request) async throws -> (Answer?, BuildSummary) {
        let result = Result()
        let flow = try workspace.road.flow(upTo: request.engine.needs, then: "predict") { context in
            let answer = try await answer(request, context)
            result.answer.withLock { $0 = answer }
        }
        let builder = Builder(world: workspace.world, runner: runner, reporter: reporter)
        let summary = try await builder.build(flow, BuildOptions(targets: ["predict"], jobs: jobs))
        return (result.answer.withLock { $0 }, summary)
    }

    /// Where the last stage leaves what it found out.
    private final class Result: Sendable {
        let answer = Mutex<Answer?>(nil)
    }

    private func answer(_ request: Request, _ context: StageContext) async throws -> Answer {
        let answer: Answer
        switch request.engine {
        case .emulator: answer = try emulate(request, context)
        case .csim: answer = try await simulate(request, context)
        case .float: answer = try evaluate(request, context)
        case .rtl:
            throw StageUnavailable(
                "no RTL to simulate: stage synth of the open back end does not write any yet",
                help: "use --engine emulator or --engine csim: they give the same integers")
        }
        // Every format that is read has its channels last.
        return answer.arranged(as: request.layout, channels: .last)
    }

    private func arrays(_ request: Request, _ context: StageContext) throws -> [NpyArray] {
        try request.inputs.map { try DataFile.read(context.bytes(of: context.source($0, within: .data)), name: $0) }
    }

    private func batch(_ request: Request, _ context: StageContext, for design: Design) throws -> InputBatch {
        try InputBatch(arrays(request, context), names: request.inputs, for: design, layout: request.layout)
    }

    private func answer(_ values: Answer.Values, _ placed: PlacedDesign, _ samples: Int) -> Answer {
        Answer(
            values: values, names: placed.design.outputs.map(placed.design.name), shapes: placed.outputs.map(\.shape),
            samples: samples)
    }

    private func emulate(_ request: Request, _ context: StageContext) throws -> Answer {
        let design = try StageOutput.design.read(context)
        let batch = try batch(request, context, for: design)
        let emulator = try Emulator(design)
        try ResultSize.check(emulator.placed.outputs.map(\.shape), samples: batch.samples)
        if let traceFolder = request.traceFolder {
            try Trace.write(emulator, batch, into: traceFolder, sparing: request.kept)
        }
        let values: Answer.Values =
            request.raw
            ? .raw(try emulator.predictRaw(batch.values, samples: batch.samples))
            : .numbers(emulator.predict(batch.values, samples: batch.samples))
        return answer(values, emulator.placed, batch.samples)
    }

    private func simulate(_ request: Request, _ context: StageContext) async throws -> Answer {
        let design = try StageOutput.design.read(context)
        let words = try await workspace.road.site.firmwareAnswer(
            design, to: request.inputs, layout: request.layout, context)
        let placed = try PlacedDesign(design)
        let types = placed.outputs.map(\.type)
        let samples = try batch(request, context, for: design).samples
        let values: Answer.Values =
            request.raw ? .raw(words) : .numbers(zip(words, types).map { words, type in words.map { type.value($0) } })
        return answer(values, placed, samples)
    }

    private func evaluate(_ request: Request, _ context: StageContext) throws -> Answer {
        if request.raw {
            throw DiagnosticError(
                .error("--raw with --engine float: the model as trained has no integers", help: "leave out --raw"))
        }
        let model = try StageOutput.model.read(context)
        let shapes = model.inputs.map { model[$0]?.outputs.first ?? [] }
        let batch = try InputBatch(
            arrays(request, context), names: request.inputs, inputs: Array(zip(model.inputs, shapes)),
            layout: request.layout)
        try ResultSize.check(model.outputs.map(model.shape), samples: batch.samples)
        var results = model.outputs.map { _ in [Double]() }
        for sample in 0..<batch.samples {
            let slices = zip(batch.values, shapes).map { values, shape in
                Array(values[sample * shape.elementCount..<(sample + 1) * shape.elementCount])
            }
            for (slot, output) in model.evaluateFloat(slices).enumerated() { results[slot] += output }
        }
        return Answer(
            values: .numbers(results), names: model.outputs.map(model.name), shapes: model.outputs.map(model.shape),
            samples: batch.samples)
    }
}

extension Predictor.Engine {
    var needs: [StageName] {
        switch self {
        case .float: [.parse]
        case .emulator: [.parse, .optimize]
        case .csim, .rtl: [.optimize, .write]
        }
    }
}
