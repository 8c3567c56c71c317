import ArgumentParser
import Basics
import BuildEngine
import BuildReports
import Reports
import Stages

/// `hlsbuild report`.
struct ShowReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Say what was built: layers and types, errors of the C simulation, times.",
        discussion: """
            With --read, say what a report or log of Vivado HLS, Vitis HLS or Vivado says, from wherever it comes: \
            csynth (.rpt, .xml), cosim, export, utilization, timing, power, an IP's component.xml, design size, DRC, \
            methodology, fail-fast, clock utilization, route status, and logs with what went wrong and what to do. \
            It may be compressed with gzip; '-' is standard input. No project is needed. Exit status 2: the file is \
            none of these.

            Examples:
              hlsbuild report
              hlsbuild report --read vivado_hls.log
            """)

    @Option(
        name: .long, help: ArgumentHelp("Read this report or log of a vendor tool.", valueName: "file"),
        completion: .file())
    var read: String?

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        if let read { return try show(ReportRead(file: read)) }
        let opened = try Opened(options)
        let stages = try await opened.builder().status(try opened.workspace.road.flow())
        let report = try ProjectReport(of: opened.workspace, states: StageStates(stages))
        let history = BuildHistory(of: opened.workspace)
        if options.json {
            say(ReportText.json(report, stages, history))
        } else {
            let text = ReportText(report, stages, history)
            Terminal.writeOut(text.sections.joined(separator: "\n\n") + "\n")
        }
    }

    private func show(_ file: ReportRead) throws {
        try Opened.enter(options)
        let report = try file.report()
        if options.json { say(report.json) } else { Terminal.writeOut(ReportReadText(report).text + "\n") }
    }
}
