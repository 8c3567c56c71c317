import ArgumentParser
import Basics
import BuildEngine
import Setup
import Stages

/// `hlsbuild doctor`.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say which tools are found, which version, what a missing one would enable and how to get it.")

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        try Opened.enter(options)
        // The project's own choice of tools counts, but no project is needed, nor a right one.
        let workspace = try? Workspace(file: options.file, overrides: options.overrides)
        let (folder, _) = PathText.split(options.file)
        let examination = await Examination(world: workspace?.world ?? World(folder: folder), project: workspace)
        if options.json {
            say(json(examination))
            return
        }
        say("hlsbuild \(HLSBuild.version)")
        for finding in examination.findings { show(finding) }
    }

    private func show(_ finding: Examination.Finding) {
        let title = StageTable.pad(finding.title, 16)
        switch finding.state {
        case .found(let path, let version):
            say(title + "found    " + path + (version.isEmpty ? "" : "  (\(version))"))
        case .broken(let path, let problem):
            say(title + "broken   " + path)
            // It may have several lines.
            Terminal.writeOut("                         \(problem)\n")
        case .missing:
            say(title + "missing  " + finding.names.joined(separator: ", "))
            say("                         would enable: \(finding.enables)")
            say("                         to get it: \(finding.source)")
        }
        for remark in finding.remarks { say("                         " + remark) }
    }

    private func json(_ examination: Examination) -> JSONValue {
        let rows = examination.findings.map { finding -> JSONValue in
            let (state, path, text): (String, String?, String) =
                switch finding.state {
                case .found(let path, let version): ("found", path, version)
                case .broken(let path, let problem): ("broken", path, problem)
                case .missing: ("missing", nil, "")
                }
            return .object([
                "name": .string(finding.title), "key": finding.key.map(JSONValue.string) ?? .null,
                "state": .string(state), "path": path.map(JSONValue.string) ?? .null,
                state == "broken" ? "problem" : "version": .string(text),
                "names": .array(finding.names.map(JSONValue.string)), "enables": .string(finding.enables),
                "source": .string(finding.source), "remarks": .array(finding.remarks.map(JSONValue.string)),
            ])
        }
        return .object([
            "event": .string("doctor"), "version": .string(HLSBuild.version), "tools": .array(rows),
        ])
    }
}
