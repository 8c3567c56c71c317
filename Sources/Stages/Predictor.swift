internal import Arrays
public import Basics
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
        /// What the user calls them, for messages.
        public var names: [String]
        /// What the inputs have where their shape does not tell; outputs as the model file has them if it is `model`.
        public var layout: DataLayout?
        /// Integers in units of the output types' last places instead of numbers.
        public var raw: Bool
        /// Where the emulator writes every tensor of the design as `.npy`; nil: nowhere.
        public var traceFolder: String?
        /// What the trace must not write over.
        public var kept: KeptFiles

        public init(
            _ engine: Engine, inputs: [String], names: [String], layout: DataLayout? = nil, raw: Bool = false,
            traceFolder: String? = nil, kept: KeptFiles = KeptFiles()
        ) {
            self.engine = engine
            self.inputs = inputs
            self.names = names
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
        /// Of what the inputs cannot hold.
        public var warnings: [Diagnostic] = []
    }

    /// Runs the network. Nothing of the project changes but its store, and that only for engines that run tools.
    ///
    /// - Returns: nil where a stage that the engine needs failed; the reporter was told.
    /// - Throws: what is wrong with the data, by the name of its file, or with the project.
    public func predict(_ request: Request) async throws -> (Answer?, BuildSummary) {
        let arrays = try zip(request.inputs, request.names).map { try Self.read($0, called: $1) }
        let answer: Answer
        switch request.engine {
        case .emulator: answer = try emulate(request, arrays)
        case .float: answer = try evaluate(request, arrays)
        case .csim, .rtl:
            let (found, summary) = try await build(request, arrays)
            return (found, summary)
        }
        return (answer, BuildSummary(stages: [], seconds: 0))
    }

    private static func read(_ path: String, called name: String) throws(DiagnosticError) -> NpyArray {
        let bytes: [UInt8]
        do {
            bytes = try Files.read(path, within: .data)
        } catch {
            throw DiagnosticError(error.diagnostic)
        }
        return try DataFile.read(bytes, name: name)
    }

    // MARK: engines of this process

    private func emulate(_ request: Request, _ arrays: [NpyArray]) throws -> Answer {
        let design = try workspace.road.preview(.design, in: workspace.world)
        let batch = try InputBatch(arrays, names: request.names, for: design, layout: request.layout)
        let emulator = try Emulator(design)
        try ResultSize.check(emulator.placed.outputs.map(\.shape), samples: batch.samples)
        if let traceFolder = request.traceFolder {
            try Trace.write(emulator, batch, into: traceFolder, sparing: request.kept)
        }
        let values: Answer.Values =
            request.raw
            ? .raw(try emulator.predictRaw(batch.values, samples: batch.samples))
            : .numbers(emulator.predict(batch.values, samples: batch.samples))
        return Self.answer(values, emulator.placed, batch, request)
    }

    private func evaluate(_ request: Request, _ arrays: [NpyArray]) throws -> Answer {
        if request.raw {
            throw DiagnosticError(
                .error("--raw with --engine float: the model as trained has no integers", help: "leave out --raw"))
        }
        let model = try workspace.road.preview(.model, in: workspace.world)
        let shapes = model.inputs.map { model[$0]?.outputs.first ?? [] }
        let batch = try InputBatch(
            arrays, names: request.names, inputs: Array(zip(model.inputs, shapes)),
            channelsOf: model.inputs.map { ChannelAxis(TensorID($0), in: model) }, layout: request.layout)
        try ResultSize.check(model.outputs.map(model.shape), samples: batch.samples)
        var results = model.outputs.map { _ in [Double]() }
        let program = FloatProgram(model)
        if let traceFolder = request.traceFolder {
            try Trace.write(program, batch, shapes, into: traceFolder, sparing: request.kept)
        }
        for block in program.blocks(of: batch.samples) {
            let outputs = program(batch.samples(block, shapes), samples: block.count)
            for (slot, output) in outputs.enumerated() { results[slot] += output }
        }
        return Answer(
            values: .numbers(results), names: model.outputs.map(model.name), shapes: model.outputs.map(model.shape),
            samples: batch.samples
        ).arranged(as: request.layout, channelsOf: model.outputs.map { ChannelAxis($0, in: model) })
    }

    private static func answer(
        _ values: Answer.Values, _ placed: PlacedDesign, _ batch: InputBatch, _ request: Request
    ) -> Answer {
        Answer(
            values: values, names: placed.design.outputs.map(placed.design.name), shapes: placed.outputs.map(\.shape),
            samples: batch.samples, warnings: batch.warnings(request.names, for: placed.design)
        ).arranged(as: request.layout, channelsOf: placed.design.outputs.map { ChannelAxis($0, in: placed.design) })
    }

    // MARK: engines that run tools

    /// Where the last stage leaves what it found out.
    private final class Found: Sendable {
        let answer = Mutex<Answer?>(nil)
        /// What is wrong with the data: no fault of a stage, and at no place of the project file.
        let fault = Mutex<DiagnosticError?>(nil)
    }

    private func build(_ request: Request, _ arrays: [NpyArray]) async throws -> (Answer?, BuildSummary) {
        let found = Found()
        let flow = try workspace.road.flow(upTo: [.optimize, .write], then: "predict") { context in
            let design = try StageOutput.design.read(context)
            let batch: InputBatch
            do {
                batch = try InputBatch(arrays, names: request.names, for: design, layout: request.layout)
            } catch let error as DiagnosticError {
                return found.fault.withLock { $0 = error }
            }
            let answer = try await simulate(request, design, batch, context)
            found.answer.withLock { $0 = answer }
        }
        let builder = Builder(world: workspace.world, runner: runner, reporter: reporter)
        let summary = try await builder.build(flow, BuildOptions(targets: ["predict"], jobs: jobs, laysOut: false))
        if let fault = found.fault.withLock({ $0 }) { throw fault }
        return (found.answer.withLock { $0 }, summary)
    }

    private func simulate(_ request: Request, _ design: Design, _ batch: InputBatch, _ context: StageContext)
        async throws -> Answer
    {
        guard request.engine == .csim else {
            throw StageUnavailable(
                "no RTL to simulate: stage synth of the open back end does not write any yet",
                help: "use --engine emulator or --engine csim: they give the same integers")
        }
        let words = try await workspace.road.site.firmwareAnswer(
            design, to: request.inputs, layout: request.layout, context)
        let placed = try PlacedDesign(design)
        let values: Answer.Values =
            request.raw
            ? .raw(words)
            : .numbers(zip(words, placed.outputs).map { words, output in words.map { output.type.value($0) } })
        return Self.answer(values, placed, batch, request)
    }
}
