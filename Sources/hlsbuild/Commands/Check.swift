import ArgumentParser
import Basics
import BuildEngine
import BuildReports
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
        // What is wrong with the model is told by the stage that reads it.
        var model = try? ModelReport(opened.workspace)
        let expected = Result { try unjudged(opened, model) }
        model?.design = nil
        let flow = try opened.workspace.road.draftFlow()
        // A model with layers that the firmware does not have yet is read all the same, and no more can be said of it.
        let last: StageName = model?.isInFirmware ?? true ? .write : .parse
        let summary = try await opened.builder().build(
            flow, BuildOptions(targets: [last.identity], jobs: 1, keepGoing: true, dryRun: true))
        let told = summary.stages.flatMap(\.diagnostics) + (model?.warnings ?? [])
        let found = (told + opened.workspace.missingDataFiles(besides: told)).map(opened.located)
            .inOrder(of: opened.workspace.project.file)
        let errors = found.filter { $0.severity == .error }
        let warnings =
            found.filter { $0.severity != .error } + Budget.unmeasured(opened.workspace.project).map(opened.located)
        let notes = errors.isEmpty ? try expected.get().map(opened.located) : []
        for diagnostic in errors + warnings + notes { Terminal.tell(diagnostic) }
        let rows = model?.rows ?? []
        if options.json {
            say(
                JSONValue.object([
                    "event": .string("check"), "ok": .bool(errors.isEmpty), "layers": .array(rows.map(\.json)),
                ]))
        } else if !options.quiet {
            if !rows.isEmpty { Terminal.write(asItIs: ModelRow.table(rows).text + "\n") }
            if errors.isEmpty { say("\(options.file): no errors") }
        }
        if !errors.isEmpty { throw ExitStatus.usage }
    }
}

extension Check {
    /// A note for each budget that only a tool can judge, with what is expected of it.
    private func unjudged(_ opened: Opened, _ model: ModelReport?) throws -> [Diagnostic] {
        let project = opened.workspace.project
        guard !options.quiet, project.expectations.contains(where: { !$0.metric.isMeasuredBySimulation }),
            let design = model?.design
        else { return [] }
        return try BudgetRow.unjudged(project, design, judged: [.csim]).map { row in
            Diagnostic(.note, "\(row.text), \(row.stage.rawValue) measures it", subject: ["expect", row.metric])
        }
    }
}

extension BudgetRow {
    /// `dsp <= 100: not judged yet, 40 estimated`.
    var text: String {
        let expected = text(estimate)
        return "\(metric) \(limit): \(verdict.rawValue)" + (expected.isEmpty ? "" : ", \(expected) estimated")
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
