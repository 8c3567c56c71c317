import ArgumentParser
import Basics
import BuildEngine
import Stages

/// `hlsbuild report`.
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Say what was built: layers and types, errors of the C simulation, times.")

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        let opened = try Opened(options)
        let report = try ProjectReport(of: opened.workspace)
        let history = BuildHistory(of: opened.workspace)
        let stages = try await opened.builder().status(try opened.workspace.stages.flow())
        if options.json {
            say(ReportText.json(report, stages, history).text)
        } else {
            let text = ReportText(report, stages, history)
            say(text.sections.joined(separator: "\n\n"))
        }
    }
}
