import ArgumentParser
import Basics
import BuildEngine
import BuildReports
import Glibc
import Measures
import Stages
import ToolRunner

/// `hlsbuild diff`.
struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two builds, settings or git revisions: types, schedules, errors, estimates, measurements.",
        discussion: """
            hlsbuild diff A B          two folders: projects, or copies of 'build'; or git:REVISION, the project as it \
            was then
            hlsbuild diff A            A and the project here
            hlsbuild diff --set K=V    the project here, and with this setting; with A, or with A and B, the setting is \
            the last one's

            A project is what its file, its model and its data say now; what was measured counts as far as it is of \
            that, and what is of an earlier build is named and not compared. What only one side has measured is listed \
            and is no difference. Exit status: 0 both are equal; 1 they \
            differ; 2 one of them cannot be read.
            """)

    @Argument(help: ArgumentHelp("A folder or git:REVISION.", valueName: "side"), completion: .directory)
    var sides: [String] = []

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        try Opened.enter(options)
        let (old, new) = try await both()
        let diff = BuildDiff(old, new)
        if options.json {
            say(json(diff, old, new))
        } else {
            Terminal.writeOut(text(diff, old, new) + "\n")
            for side in [old, new] { for reason in side.leftOut { warn(reason, of: side) } }
        }
        if !diff.differences.isEmpty { throw ExitStatus.failed }
    }

    private func warn(_ reason: String, of side: DiffSide) {
        Terminal.tell(
            .warning("\(side.name): \(reason), so that what it measured is not compared", help: "build it again"))
    }

    private func both() async throws -> (DiffSide, DiffSide) {
        let settings = options.overrides
        switch sides.count {
        case 0 where !settings.isEmpty: return (try await here([]), try await here(settings))
        case 1: return (try await side(sides[0], []), try await here(settings))
        case 2: return (try await side(sides[0], []), try await side(sides[1], settings))
        default:
            throw DiagnosticError(
                .error(
                    "there are not two things to compare",
                    help:
                        "'hlsbuild diff A B', 'hlsbuild diff A' or 'hlsbuild diff --set KEY=VALUE', where A and B are "
                        + "folders or git:REVISION"))
        }
    }

    private func here(_ settings: [String]) async throws -> DiffSide {
        let name = settings.isEmpty ? options.file : settings.joined(separator: " ")
        return try await project(options.file, settings, name)
    }

    /// A project, with what was measured of it if it was built with these settings.
    private func project(_ file: String, _ settings: [String], _ name: String) async throws -> DiffSide {
        let workspace = try Workspace(file: file, overrides: settings)
        let stages = try await Builder(world: workspace.world, runner: LocalRunner()).status(workspace.road.flow())
        return try .project(workspace, name: name, states: StageStates(stages))
    }

    private func side(_ name: String, _ settings: [String]) async throws -> DiffSide {
        if let revision = name.rest(behind: "git:") {
            let checkout = try GitCheckout(revision: revision, projectFile: options.file)
            defer { checkout.remove() }
            // A revision was never built.
            return try .project(Workspace(file: checkout.projectFile, overrides: settings), name: name, states: nil)
        }
        let file = PathText.split(options.file).name
        let path = name.rest(before: "/") ?? name
        if Files.status(path)?.kind == .file {
            return try await project(path, settings, name)
        }
        if Files.status(path + "/" + file) == nil, settings.isEmpty { return try .build(path, name: name) }
        return try await project(path + "/" + file, settings, name)
    }

    // MARK: text

    private func text(_ diff: BuildDiff, _ old: DiffSide, _ new: DiffSide) -> String {
        var parts: [String] = []
        if diff.differences.isEmpty {
            parts.append("equal: \(old.name.visible) and \(new.name.visible)")
        } else {
            let rows = diff.differences.map { difference in
                [
                    difference.subject, difference.key, difference.old ?? "-", difference.new ?? "-",
                    difference.change.map(Self.signed) ?? "",
                ]
            }
            parts.append(TextTable(header: ["what", "", old.name, new.name, "change"], rows: rows).text)
        }
        if !diff.onlyOnce.isEmpty {
            let rows = diff.onlyOnce.map { [$0.subject, $0.key, $0.old ?? "-", $0.new ?? "-"] }
            parts.append(
                "known of one side only:\n" + TextTable(header: ["what", "", old.name, new.name], rows: rows).text)
        }
        return parts.joined(separator: "\n\n")
    }

    private func leftOut(_ name: String, _ side: DiffSide) -> JSONValue.Member {
        JSONValue.Member(name, .array(side.leftOut.map(JSONValue.string)))
    }

    private static func signed(_ value: Double) -> String {
        let text = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : Figure.short(value)
        return value > 0 ? "+" + text : text
    }

    private func json(_ diff: BuildDiff, _ old: DiffSide, _ new: DiffSide) -> JSONValue {
        func rows(_ differences: [BuildDiff.Difference]) -> JSONValue {
            .array(
                differences.map { difference in
                    .object([
                        "what": .string(difference.subject), "key": .string(difference.key),
                        "old": difference.old.map(JSONValue.string) ?? .null,
                        "new": difference.new.map(JSONValue.string) ?? .null,
                        "change": difference.change.map(JSONValue.double) ?? .null,
                    ])
                })
        }
        return .object([
            "event": .string("diff"), "old": .string(old.name), "new": .string(new.name),
            "equal": .bool(diff.differences.isEmpty), "differences": rows(diff.differences),
            "measured_once": rows(diff.onlyOnce), "left_out": .object([leftOut("old", old), leftOut("new", new)]),
        ])
    }
}
