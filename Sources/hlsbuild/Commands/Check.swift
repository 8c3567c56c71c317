import ArgumentParser
import Basics
import BuildEngine
import Config
import Measures
import Stages
import Steps

/// `hlsbuild check`.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read the project and the model, run no stage: all errors at once.")

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        let opened = try Opened(options)
        let flow = try opened.workspace.road.flow()
        let summary = try await opened.builder().build(
            flow, BuildOptions(targets: [StageName.write.identity], jobs: 1, keepGoing: true, dryRun: true))
        let told = summary.stages.flatMap(\.diagnostics)
        let found = (told + opened.workspace.missingDataFiles(besides: told)).map(opened.located)
            .inOrder(of: opened.workspace.project.file)
        let errors = found.filter { $0.severity == .error }
        let warnings =
            found.filter { $0.severity != .error } + Budget.unmeasured(opened.workspace.project).map(opened.located)
        for diagnostic in errors + warnings { Terminal.tell(diagnostic) }
        if options.json {
            say(JSONValue.object(["event": .string("check"), "ok": .bool(errors.isEmpty)]))
        } else if errors.isEmpty, !options.quiet {
            say("\(options.file): no errors")
        }
        if !errors.isEmpty { throw ExitStatus.usage }
    }
}

/// `hlsbuild schema`.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of the project file, for editors.")

    @OptionGroup var options: GlobalOptions

    mutating func run() throws {
        let schema = Workspace.schema()
        guard options.json else { return Terminal.writeOut(schema) }
        let value = try JSONValue(parsing: Array(schema.utf8), name: "the schema")
        say(JSONValue.object(["event": .string("schema"), "schema": value]))
    }
}
