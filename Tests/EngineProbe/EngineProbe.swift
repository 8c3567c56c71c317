import Basics
import BuildEngine
import Glibc
import ToolRunner

/// Builds a little project: `source.txt` is numbered (in this process), then copied and joined by shells.
///
/// `EngineProbe FOLDER PAUSE`: the shells wait for so many seconds. Exit status 0, 1 or, when interrupted, 130.
@main
struct EngineProbe {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { exit(2) }
        let world = World(folder: arguments[1])
        let runner = LocalRunner(grace: .milliseconds(300))
        let builder = Builder(world: world, runner: runner)
        let flow = try flow(pause: arguments[2], world)
        let summary = try await Interruption.run(ending: runner) {
            try await builder.build(flow, BuildOptions(jobs: 2, request: "probe"))
        }
        for stage in summary.stages { print(stage.name, stage.outcome.rawValue, stage.why) }
        exit(summary.interrupted ? 130 : summary.ok ? 0 : 1)
    }

    static func flow(pause: String, _ world: World) throws -> Flow {
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
                        ShellCopy.self, name, settings: .init(shell: shell, name: name, pause: pause),
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
        let lines = try inputs.text("source").split(separator: "\n").enumerated().map { "\($0): \($1)\n" }
        return [OutputFile("lines", text: lines.joined())]
    }
}

struct ShellCopy: CommandStep {
    struct Settings: Encodable, Sendable {
        var shell: ToolIdentity
        var name: String
        var pause: String
    }
    static let name = "copy"
    static let version = 1

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        let script = "echo start >\(settings.name); sleep \(settings.pause); cat lines >>\(settings.name)"
        return CommandPlan(
            tool: settings.shell, arguments: ["-c", script], outputs: [.init(settings.name)],
            environment: ["PATH": "/usr/bin:/bin"])
    }
}
