import Basics
import TestSupport
import Testing

/// What a program leaves on a terminal.
struct Seen {
    var status: Int
    /// How often the cursor was sent above the first row.
    var overreach: Int
    /// Lines that have scrolled away at the top, oldest first.
    var scrolled: [String]
    var screen: [String]

    /// Something that happens as soon as the terminal has got a text.
    enum Step {
        case size(after: String, rows: Int, columns: Int)
        /// Typed as soon as the line of the cursor ends with a text.
        case keys(behind: String, String)

        fileprivate var json: JSONValue {
            switch self {
            case .size(let after, let rows, let columns):
                .object(["after": .string(after), "rows": .int(rows), "columns": .int(columns)])
            case .keys(let line, let keys): .object(["line": .string(line), "keys": .string(keys)])
            }
        }
    }

    /// Runs a command in a pseudo-terminal to its end.
    static func running(
        _ command: [String], in folder: Scratch, rows: Int = 24, columns: Int = 100,
        environment: [String: String] = [:], steps: [Step] = []
    ) async throws -> Seen {
        let wanted = JSONValue.object([
            "command": .array(command.map(JSONValue.string)), "rows": .int(rows), "columns": .int(columns),
            "steps": .array(steps.map(\.json)),
        ])
        let python = try #require(Repository.installed("python3"))
        let run = try await Program.run(
            python, [Repository.root + "/Tests/CommandLineTests/terminal.py", wanted.text], in: folder.path,
            environment: ["TERM": "xterm"].merging(environment) { _, new in new })
        let seen = try JSONValue(parsing: Array(run.output.utf8), name: "what the terminal got")
        func lines(_ name: String) -> [String] { (seen[name]?.arrayValue ?? []).compactMap(\.stringValue) }
        return Seen(
            status: try #require(seen["status"]?.integerValue, "\(run.errors)"),
            overreach: try #require(seen["overreach"]?.integerValue), scrolled: lines("scrolled"),
            screen: lines("screen"))
    }
}
