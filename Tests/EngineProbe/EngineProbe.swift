import Basics
import BuildEngine
import Glibc
import ToolRunner

/// Builds a little project: `source.txt` is numbered (in this process), then copied and joined by shells. An empty one
/// is numbered for ever.
///
/// `EngineProbe FOLDER PAUSE [POOL SEATS PATIENCE]`: the shells wait for so many seconds. With a pool, each takes one of
/// so many seats that are shared with other processes, waits for it for so many seconds at most (0: for ever), and notes
/// in `POOL/trace` when it begins (`+`) and ends (`-`). Exit status 0, 1 or, when interrupted, 130.
///
/// `EngineProbe graph FOLDER STAGES [walk]`: see `Graph`.
@main
struct EngineProbe {
    static func main() async throws {
        let arguments = CommandLine.arguments
        if let graph = Graph(arguments.dropFirst()) { return try await graph.run() }
        guard [3, 6].contains(arguments.count) else { exit(2) }
        let world = World(folder: arguments[1])
        let runner = LocalRunner(grace: .milliseconds(300))
        let builder = Builder(world: world, runner: runner, reporter: Notes())
        let seats = arguments.count == 6 ? Seats(arguments[3], arguments[4], arguments[5]) : nil
        let flow = try flow(pause: arguments[2], seats)
        let summary = try await Interruption.run(ending: runner) {
            try await builder.build(flow, BuildOptions(jobs: 2, request: "probe"))
        }
        for stage in summary.stages { print(stage.name, stage.outcome.rawValue, stage.why) }
        exit(summary.interrupted ? 130 : summary.ok ? 0 : 1)
    }

    static func flow(pause: String, _ seats: Seats?) throws -> Flow {
        try Flow([
            StageNode("number") { context in
                let source = try context.source("source.txt")
                let made = try await context.run(
                    NumberLines.self, "number", settings: .init(), inputs: [.init("source", source)])
                context.layOut(made.outputs)
            },
            StageNode("copy", needs: ["number"]) { context in
                guard let shell = try await ToolFinder(world: context.world).find("sh", version: nil) else {
                    throw StageUnavailable("there is no shell")
                }
                for name in ["a", "b", "c"] {
                    let lines = try context.output("lines", of: "number")
                    let made = try await context.run(
                        ShellCopy.self, name, settings: .init(shell: shell, name: name, pause: pause, seats: seats),
                        inputs: [.init("lines", lines)])
                    context.layOut(made.outputs)
                }
            },
        ])
    }
}

struct NumberLines: PureStep {
    struct Settings: Encodable, Sendable {}
    static let name = "number"
    static let version = 1

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let source = try inputs.text("source")
        if source.isEmpty { Notes.say("numbering for ever") }
        while source.isEmpty { pause() }
        let lines = source.split(separator: "\n").enumerated().map { "\($0): \($1)\n" }
        return [OutputFile("lines", text: lines.joined())]
    }
}

/// Seats that processes share.
struct Seats {
    var pool: CommandPlan.Pool
    var claim: CommandPlan.Claim

    init(_ folder: String, _ seats: String, _ patience: String) {
        let patience = Double(patience).flatMap { $0 > 0 ? Duration.seconds($0) : nil }
        pool = CommandPlan.Pool(folder: folder, isOwn: true, patience: patience)
        claim = CommandPlan.Claim("seat", title: "a seat", of: Int(seats) ?? 1)
    }
}

/// Prints what the engine has to say, at once: a test waits for it.
struct Notes: Reporter {
    func report(_ event: BuildEvent) {
        guard case .diagnostic(let diagnostic, _) = event else { return }
        Self.say(diagnostic.message)
    }

    static func say(_ line: String) {
        let text = Array((line + "\n").utf8)
        _ = text.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    }
}

struct ShellCopy: CommandStep {
    struct Settings: Encodable, Sendable {
        var shell: ToolIdentity
        var name: String
        var pause: String
        var seats: Seats?

        private enum CodingKeys: String, CodingKey { case shell, name, pause }
    }
    static let name = "copy"
    static let version = 1

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        var script = "echo start >\(settings.name); sleep \(settings.pause); cat lines >>\(settings.name)"
        if let pool = settings.seats?.pool.folder {
            script = "echo + >>'\(pool)/trace'; \(script); echo - >>'\(pool)/trace'"
        }
        var plan = CommandPlan(
            tool: settings.shell, arguments: ["-c", script], outputs: [.init(settings.name)],
            environment: ["PATH": "/usr/bin:/bin"])
        plan.pool = settings.seats?.pool
        plan.claims = settings.seats.map { [$0.claim] } ?? []
        return plan
    }
}
