import Basics
import Glibc

@testable import BuildEngine

let testDisk = Disk()

/// Leaves out comments and blank lines.
struct Strip: PureStep {
    struct Settings: Encodable, Sendable {}
    static let name = "strip"
    static let version = 1

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let lines = try inputs.text("source").split(separator: "\n").filter { !$0.hasPrefix("#") }
        if lines.contains("bad") { throw DiagnosticError(.error("the source is bad", help: "make it good")) }
        let warnings = lines.contains("odd") ? [Diagnostic.warning("the source is odd")] : []
        return PureResult(
            [OutputFile("model", text: lines.joined(separator: "\n") + "\n")], diagnostics: warnings)
    }
}

/// Makes one file of every line of the model.
struct Render: PureStep {
    struct Settings: Encodable, Sendable {
        var prefix: String
    }
    static let name = "render"
    static let version = 1

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        var files = [OutputFile("run.sh", text: "#!/bin/sh\n", executable: true)]
        for (index, line) in try inputs.text("model").split(separator: "\n").enumerated() {
            files.append(OutputFile("parts/part\(index).txt", text: "\(settings.prefix)\(line)\n"))
        }
        return PureResult(files)
    }
}

/// Runs `concat`.
struct Concat: CommandStep {
    struct Settings: Encodable, Sendable {
        var tool: ToolIdentity
        var flag: Int
        var output = "out.txt"
    }
    static let name = "concat"
    static let version = 1

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        CommandPlan(
            tool: settings.tool, arguments: ["flag=\(settings.flag)", settings.output] + inputs.names,
            outputs: [.init(settings.output)], environment: ["LANG": "C"])
    }
}

/// The project of the tests: `source.txt` -> parse -> write -> compile -> pack, and settings for each.
struct TestFlow: Sendable {
    var prefix = "> "
    var compileFlag = 1
    var packFlag = 2
    var toolVersion = "1.0"

    var tool: ToolIdentity {
        ToolIdentity(name: "concat", path: "/bin/concat", version: toolVersion, digest: Digest(of: toolVersion))
    }

    func flow() throws -> Flow {
        try Flow([
            StageNode("parse") { context in
                let source = try context.source("source.txt")
                let model = try await context.run(
                    Strip.self, "strip", settings: .init(), inputs: [.init("source", source)])
                context.layOut(model.outputs)
            },
            StageNode("write", needs: ["parse"]) { context in
                let model = try context.output("model", of: "parse")
                let made = try await context.run(
                    Render.self, "render", settings: .init(prefix: prefix), inputs: [.init("model", model)])
                context.layOut(made.outputs)
            },
            StageNode("compile", needs: ["write"]) { context in
                let parts = try context.outputs(of: "write").sorted { $0.key < $1.key }
                let made = try await context.run(
                    Concat.self, "compile", settings: .init(tool: tool, flag: compileFlag),
                    inputs: parts.map { StepInput($0.key, $0.value) })
                context.layOut(made.outputs)
            },
            StageNode("pack", needs: ["compile"]) { context in
                let made = try await context.run(
                    Concat.self, "pack", settings: .init(tool: tool, flag: packFlag, output: "pack.txt"),
                    inputs: [.init("out.txt", try context.output("out.txt", of: "compile"))])
                context.layOut(["pack.txt": try made.output("pack.txt")])
            },
        ])
    }

    /// What lies below `build` after a build of this source.
    func expected(_ source: String) -> [String: String] {
        let lines = source.split(separator: "\n").filter { !$0.hasPrefix("#") }
        var files = ["build/parse/model": lines.joined(separator: "\n") + "\n", "build/write/run.sh": "#!/bin/sh\n"]
        for (index, line) in lines.enumerated() {
            files["build/write/parts/part\(index).txt"] = "\(prefix)\(line)\n"
        }
        let written = files.filter { $0.key.hasPrefix("build/write/") }.sorted { $0.key < $1.key }.map(\.value).joined()
        files["build/compile/out.txt"] = "flag=\(compileFlag)\n" + written
        files["build/pack/pack.txt"] = "flag=\(packFlag)\nflag=\(compileFlag)\n" + written
        return files
    }
}

extension TestProject {
    /// One build, as one invocation of the program makes it.
    func build(
        _ flow: TestFlow = TestFlow(), _ runner: any ActionRunner, _ options: BuildOptions = BuildOptions(jobs: 2),
        reporter: any Reporter = SilentReporter(), shared: (any ResultCache)? = nil, disk: Disk? = nil
    ) async throws -> BuildSummary {
        try await build(try flow.flow(), runner, options, reporter: reporter, shared: shared, disk: disk)
    }

    func build(
        _ flow: Flow, _ runner: any ActionRunner, _ options: BuildOptions = BuildOptions(jobs: 2),
        reporter: any Reporter = SilentReporter(), shared: (any ResultCache)? = nil, disk: Disk? = nil
    ) async throws -> BuildSummary {
        let world = world(["PATH": "/bin"])
        let builder = Builder(world: world, runner: runner, reporter: reporter, shared: shared, disk: disk ?? self.disk)
        return try await builder.build(flow, options)
    }

    func builder(_ runner: any ActionRunner, reporter: any Reporter = SilentReporter()) -> Builder {
        Builder(world: world([:]), runner: runner, reporter: reporter)
    }
}

extension BuildSummary {
    /// `stage outcome` of every stage, for comparing at one glance.
    var outcomes: [String] { stages.map { "\($0.name) \($0.outcome.rawValue)" } }
}
