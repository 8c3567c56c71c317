public import ArgumentParser
import Basics
import BuildEngine
public import Stages
public import Steps
import ToolRunner

extension Predictor.Engine: ExpressibleByArgument {}

extension DataLayout: ExpressibleByArgument {}

/// `hlsbuild predict`.
struct Predict: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Run the network on NumPy data with any of the engines.",
        discussion: """
            What lies below build stays as it is, whatever is tried with --set. Values
            that an input cannot hold are counted and told.

            Examples:
              hlsbuild predict --input x.npy --output y.npy
              hlsbuild predict --engine float --input x.npy --output trained.npy
              hlsbuild predict --input x.npy --output y.npy --trace layers
            """)

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A .npy file, one per input of the model, in its order; sample axis first.", valueName: "file"),
        completion: .file(extensions: ["npy"]))
    var input: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("The .npy file to write, one per output of the model.", valueName: "file"),
        completion: .file(extensions: ["npy"]))
    var output: [String] = []

    @Option(name: .long, help: "emulator, csim, rtl or float.")
    var engine: Predictor.Engine = .emulator

    @Option(name: .long, help: "Take inputs as the model file has them or as the firmware has them; where both fit.")
    var layout: DataLayout?

    @Flag(name: .long, help: "Write the integers (int64), in units of the output types' last places.")
    var raw = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write every layer's output as .npy into this folder (engines emulator and float).", valueName: "folder"),
        completion: .directory)
    var trace: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Run at most so many commands at once (default: one per processor).", valueName: "number"))
    var jobs: Int?

    @OptionGroup var options: GlobalOptions

    mutating func validate() throws {
        if input.isEmpty { throw ValidationError("--input is missing: name a .npy file for each input of the model") }
        if output.isEmpty {
            throw ValidationError("--output is missing: name a .npy file for each output of the model")
        }
        if trace != nil, engine != .emulator, engine != .float {
            throw ValidationError("--trace goes with --engine emulator and --engine float")
        }
    }

    mutating func run() async throws {
        try Opened.check(jobs: jobs)
        let opened = try Opened(options)
        let reporter = PlainDisplay(options.silenced, style: Style(color: false)) { opened.located($0) }
        let predictor = Predictor(
            opened.workspace, runner: opened.runner, reporter: reporter, jobs: jobs ?? Opened.processors)
        let inputs = try input.map(Workspace.absolute), folder = try trace.map(Workspace.absolute)
        let kept = opened.workspace.keptFiles(besides: inputs)
        let places = try OutputPlace.all(output, sparing: kept)
        if let folder { try OutputPlace.check(folder: folder, sparing: kept) }
        let request = Predictor.Request(
            engine, inputs: inputs, names: input, layout: layout, raw: raw, traceFolder: folder, kept: kept)
        let (answer, summary) = try await Interruption.run(ending: opened.runner) {
            try await predictor.predict(request)
        }
        guard let answer else {
            let status = opened.status(of: summary)
            throw status == .done ? ExitStatus.failed : status
        }
        guard output.count == answer.names.count else {
            throw DiagnosticError(
                .error(
                    "\(output.count) output files for \(answer.names.count) outputs",
                    help: "give one --output for each of \(answer.names.joined(separator: ", ")), in this order"))
        }
        for (index, place) in places.enumerated() { try answer.write(index, to: place) }
        if !options.quiet { for warning in answer.warnings { Terminal.tell(warning) } }
        if options.json { return say(json(answer)) }
        guard !options.quiet else { return }
        let results = zip(answer.names, output).map { "\($0) in \($1)" }.joined(separator: ", ")
        say("\(answer.samples) \(answer.samples == 1 ? "sample" : "samples") by engine \(engine.rawValue): \(results)")
    }
}

extension Predict {
    private func json(_ answer: Predictor.Answer) -> JSONValue {
        let outputs = zip(zip(answer.names, output), answer.shapes).map { named, shape -> JSONValue in
            .object([
                "name": .string(named.0), "file": .string(named.1),
                "shape": .array(([answer.samples] + shape).map(JSONValue.int)),
            ])
        }
        return .object([
            "event": .string("predict"), "engine": .string(engine.rawValue), "samples": .int(answer.samples),
            "outputs": .array(outputs),
        ])
    }
}

extension GlobalOptions {
    /// For commands whose stages are means to an end.
    var silenced: GlobalOptions {
        var options = self
        options.quiet = true
        return options
    }
}
