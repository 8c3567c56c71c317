import Basics
import Testing
import TestSupport

/// The tour of the README, command by command: a reader who types what stands there reads what stands there.
@Suite struct TourTests {
    private struct Command {
        var line: String
        /// What it prints, on both streams.
        var output: [String] = []
    }

    /// The commands of a section, from its blocks of code: `$ command` and the lines below it.
    private func commands(of section: String) throws -> [Command] {
        let lines = try Files.text(Repository.root + "/README.md").split(
            separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == "## " + section })
        let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("## ") } ?? lines.endIndex
        var found: [Command] = [], isCode = false
        for line in lines[start..<end] {
            if line.hasPrefix("```") {
                isCode.toggle()
            } else if isCode, line.hasPrefix("$ ") {
                found.append(Command(line: String(line.dropFirst(2))))
            } else if isCode, !found.isEmpty {
                found[found.count - 1].output.append(String(line))
            }
        }
        return found
    }

    /// Without what is another in every run: times and what they do to columns, digests of what other releases write
    /// otherwise.
    private func plain(_ lines: [String]) -> [String] {
        let text = lines.map { line in
            line.replacing(/[0-9.]+ (ms|s|min)\b/, with: "TIME").replacing(/\b[0-9a-f]{12}\b/, with: "DIGEST")
                .split(separator: " ").joined(separator: " ")
        }
        return text.reversed().drop { $0.isEmpty }.reversed()
    }

    @Test func theTourPrintsWhatTheReadmeShows() async throws {
        let hlsbuild = try Program(in: Scratch())
        let folder = try #require(hlsbuild.path.lastIndex(of: "/"))
        let environment = ["PATH": hlsbuild.path[..<folder] + ":" + (try CompilerCache.searchPath)]
        let commands = try commands(of: "A tour of five minutes")
        try #require(commands.count > 8)
        var place = hlsbuild.folder.path
        for command in commands {
            let script = "cd '\(place)' && exec 2>&1 && { \(command.line)\n}; pwd > '\(hlsbuild.folder.path)/place'"
            let run = try await Program.run(
                "/bin/sh", ["-c", script], in: hlsbuild.folder.path, environment: environment)
            let printed = plain(run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
            #expect(printed == plain(command.output), "\(command.line)")
            place = hlsbuild.folder.text("place").split(separator: "\n").first.map(String.init) ?? place
        }
    }
}
