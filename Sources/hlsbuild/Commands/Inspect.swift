import ArgumentParser
import Basics
import BuildEngine
import Stages

/// `hlsbuild status`.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say how each stage stands and where its outputs are.")

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        let opened = try Opened(options)
        let stages = try await opened.builder().status(try opened.workspace.road.flow())
        if options.json {
            let rows = stages.map { stage -> JSONValue in
                .object([
                    "name": .string(stage.name), "state": .string(stage.state.name), "why": .string(stage.state.why),
                    "outputs": stage.outputs.map(JSONValue.string) ?? .null,
                ])
            }
            say(JSONValue.object(["event": .string("status"), "stages": .array(rows)]))
            return
        }
        for stage in stages {
            let place = StageTable.pad(stage.outputs.map { $0 + "/" } ?? "", 17)
            let state = Style.output.paint(StageTable.pad(stage.state.name, 13), stage.state.paint)
            let line = StageTable.pad(stage.name.visible, 10) + state + (place + stage.state.why).visible
            Terminal.write(asItIs: StageTable.trimmed(line) + "\n")
        }
    }
}

/// `hlsbuild why STAGE`.
struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say why a stage would run, and why it ran last: what changed, from what to what.",
        discussion: """
            Examples:
              hlsbuild why csim
              hlsbuild why csim --set reuse=4     what would run with this setting
            """)

    @Argument(help: "The stage.", completion: .list(Road.names))
    var stage: String

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        let opened = try Opened(options)
        let explanation = try await opened.builder().why(StageIdentity(stage), try opened.workspace.road.flow())
        if options.json {
            say(json(explanation))
            return
        }
        let state = explanation.status.state
        say("\(stage): \(state.name)" + (state.why.isEmpty ? "" : ": \(state.why)"))
        for step in explanation.steps.prefix(12) { show(step) }
        if explanation.steps.count > 12 { say("  and \(explanation.steps.count - 12) more steps: see --json") }
    }

    private func show(_ step: StageExplanation.Step) {
        switch step.outcome {
        case .wouldRun, .built: say("  \(step.label): would run")
        case .mayRun: say("  \(step.label): may run")
        case .cached: say("  \(step.label): its result is in the store")
        case .current:
            guard let last = step.lastWhy else { return }
            say("  \(step.label): up to date; last made because: \(last)")
        }
        for reason in (step.now.isEmpty ? step.lastTime : step.now).prefix(6) { say("    \(reason.text)") }
    }

    private func json(_ explanation: StageExplanation) -> JSONValue {
        let steps = explanation.steps.map { step -> JSONValue in
            .object([
                "step": .string(step.label), "outcome": .string(step.outcome.rawValue),
                "now": .array(step.now.map { .string($0.text) }),
                "last": .array(step.lastTime.map { .string($0.text) }),
            ])
        }
        return .object([
            "event": .string("why"), "stage": .string(stage), "state": .string(explanation.status.state.name),
            "why": .string(explanation.status.state.why), "steps": .array(steps),
        ])
    }
}

/// `hlsbuild clean`.
struct Clean: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean", abstract: "Remove what was laid out under build; files that you changed or added stay.")

    @Flag(name: .long, help: "Remove the store, the records and the logs too.")
    var all = false

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        try await Opened(options).builder().clean(everything: all)
        if options.json { say(JSONValue.object(["event": .string("clean"), "all": .bool(all)])) }
    }
}

/// `hlsbuild gc`.
struct CollectGarbage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc", abstract: "Remove results from the store that nothing refers to any more.")

    @Option(name: .long, help: "Keep results that were made or used in the last so many days.")
    var keepDays = 30

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        let report = try await Opened(options).builder().collectGarbage(keepingDays: keepDays)
        if options.json {
            return say(
                JSONValue.object([
                    "event": .string("gc"), "results": .int(report.records), "files": .int(report.contents),
                    "bytes": .int(Int(report.bytes)),
                ]))
        }
        say("removed \(report.records) results and \(report.contents) files, \(report.bytes / 1024) KiB")
    }
}
