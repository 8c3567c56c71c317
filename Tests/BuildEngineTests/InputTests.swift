import Basics
import Glibc
import Testing

@testable import BuildEngine

/// What a build reads from outside.
@Suite struct InputTests {
    let project: TestProject
    let runner = FakeRunner()

    init() throws {
        project = try TestProject()
        try project.write("source.txt", "one\n")
    }

    private func flow(between: @escaping @Sendable () throws -> Void) throws -> Flow {
        try Flow([
            StageNode("a") { context in
                let source = try context.source("source.txt")
                try between()
                let pure = try await context.run(
                    Strip.self, "pure", settings: .init(), inputs: [.init("source", source)])
                context.layOut(pure.outputs)
            },
            StageNode("b") { context in
                let source = try context.source("source.txt")
                try between()
                let made = try await context.run(
                    Concat.self, "command", settings: .init(tool: TestFlow().tool, flag: 1),
                    inputs: [.init("in", source)])
                context.layOut(made.outputs)
            },
        ])
    }

    @Test func inputThatChangesWhileItIsReadIsAnError() async throws {
        let changing = try flow { [project] in try project.write("source.txt", "two\n") }
        let summary = try await project.build(changing, runner, BuildOptions(keepGoing: true))
        for stage in summary.stages {
            #expect(stage.outcome == .built || stage.why == "'source.txt' changed while it was read")
        }
        #expect(summary.stages.contains { $0.outcome == .failed })
        #expect(try await project.build(try flow {}, runner).ok)
        #expect(project.text("build/a/model") == "two\n")
        #expect(project.text("build/b/out.txt") == "flag=1\ntwo\n")
    }

    @Test func linksAreFollowedToWhatTheyLeadTo() async throws {
        let flow = try flow {}
        try project.write("first.txt", "first\n")
        try project.write("second.txt", "second\n")
        for (name, target) in [("first", "first.txt"), ("second", "second.txt")] {
            try project.remove("source.txt")
            try project.link("source.txt", to: target)
            #expect(try await project.build(flow, runner).ok)
            #expect(project.text("build/a/model") == name + "\n")
        }
        try project.write("second.txt", "edited\n")
        #expect(try await project.build(flow, runner).ok)
        #expect(project.text("build/a/model") == "edited\n")
        for (target, why) in [("source.txt", "Too many levels"), ("absent", "No such file"), (".", "Is a directory")] {
            try project.remove("source.txt")
            try project.link("source.txt", to: target)
            let summary = try await project.build(flow, runner)
            #expect(summary["a"]?.outcome == .failed)
            #expect(summary["a"]?.why.contains(why) == true || target != ".", "\(summary["a"]?.why ?? "")")
        }
    }

    @Test func namesOfAnyKind() async throws {
        let names = ["with space", "tab\there", "line\nfeed", "Übung", "back\\slash", "%41", "-n", "a'b\"c"]
        for name in names { try project.write("in/" + name, name) }
        let flow = try Flow([
            StageNode("names") { context in
                let found = try context.world.list("in")
                let inputs = try found.map { StepInput($0, try context.source("in/" + $0)) }
                context.layOut(Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0.artifact) }))
                let made = try await context.run(
                    Concat.self, "a/b c\n", settings: .init(tool: TestFlow().tool, flag: 1, output: "o u\tt"),
                    inputs: inputs)
                context.layOut(made.outputs)
            }
        ])
        #expect(try await project.build(flow, runner).ok)
        for name in names { #expect(project.text("build/names/" + name) == name) }
        #expect(project.text("build/names/o u\tt") == "flag=1\n" + names.sorted().joined())
        #expect(try await project.build(flow, runner).isQuiet)
        project.tick()
        let options = BuildOptions(request: "r")
        for _ in 0..<2 { #expect(try await project.build(flow, runner, options).isQuiet) }
        #expect(QuietCheck.holds(request: "r", in: project.folder) == nil, "a line feed cannot be in the record")
    }

    struct Licensed: CommandStep {
        struct Settings: Encodable, Sendable {
            var tool: ToolIdentity
        }
        static let name = "licensed"
        static let version = 1

        static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
            CommandPlan(
                tool: settings.tool, arguments: ["x", "out"], outputs: [.init("out")], environment: ["SEED": "1"],
                passThrough: ["LICENCE", "ABSENT"])
        }
    }

    @Test func licenceVariablesAreHandedOnButMakeNoNewAction() async throws {
        let flow = try Flow([
            StageNode("a") { context in
                _ = try await context.run(Licensed.self, "l", settings: .init(tool: TestFlow().tool))
            }
        ])
        runner.set("l") { [runner] request in
            #expect(request.environment["LICENCE"] == "server1")
            #expect(request.environment["ABSENT"] == nil)
            #expect(request.environment["SEED"] == "1")
            return try runner.concat(request)
        }
        for server in ["server1", "server2"] {
            let world = project.world(["LICENCE": server])
            #expect(try await Builder(world: world, runner: runner).build(flow, BuildOptions()).ok)
        }
        #expect(runner.runs == ["l"])
    }

    @Test func inputsThatCannotBeAreRefused() async throws {
        for name in ["../up", "/abs", "a/../b", ""] {
            let flow = try Flow([
                StageNode("a") { context in
                    let source = try context.source("source.txt")
                    _ = try await context.run(Strip.self, "s", settings: .init(), inputs: [.init(name, source)])
                }
            ])
            #expect(try await project.build(flow, runner)["a"]?.why.contains("cannot be the path of") == true)
        }
    }
}

/// Programs that steps make and further steps run.
@Suite struct MadeProgramTests {
    struct RunMade: CommandStep {
        struct Settings: Encodable, Sendable {
            var program: ToolIdentity
        }
        static let name = "run-made"
        static let version = 1

        static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
            CommandPlan(tool: settings.program, arguments: ["x", "out"], outputs: [.init("out")])
        }
    }

    @Test func programAmongTheInputs() async throws {
        let project = try TestProject()
        try project.write("source.txt", "one\n")
        let runner = FakeRunner()
        runner.set("run") { [runner] request in
            #expect(request.executable == request.workingDirectory + "/run.sh")
            #expect(Files.status(request.executable)?.isExecutable == true)
            return try runner.concat(request)
        }
        let flow = try Flow([
            StageNode("a") { context in
                let source = try context.source("source.txt")
                let made = try await context.run(
                    Render.self, "make", settings: .init(prefix: ""), inputs: [.init("model", source)])
                let program = try made.output("run.sh")
                _ = try await context.run(
                    RunMade.self, "run", settings: .init(program: ToolIdentity(input: "run.sh", program)),
                    inputs: [.init("run.sh", program)])
            }
        ])
        for _ in 0..<2 { #expect(try await project.build(flow, runner).ok) }
        #expect(runner.runs == ["run"])
    }
}
