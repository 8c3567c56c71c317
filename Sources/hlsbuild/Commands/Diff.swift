import ArgumentParser
import Basics
import BuildReports
import Glibc
import Measures
import Stages

/// `hlsbuild diff`.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two builds, settings or git revisions: types, schedules, errors, estimates, measurements.",
        discussion: """
            hlsbuild diff A B          two folders: projects (what is built there, else what the project file says) or \
            copies of 'build'; or git:REVISION, the project as it was then
            hlsbuild diff A            A and the project here
            hlsbuild diff --set K=V    the project here, and with this setting; with A, or with A and B, the setting is \
            the last one's

            What only one side has measured is listed and is no difference. Exit status: 0 both are equal; 1 they \
            differ; 2 one of them cannot be read.
            """)

    @Argument(help: ArgumentHelp("A folder or git:REVISION.", valueName: "side"), completion: .directory)
    var sides: [String] = []

    @OptionGroup var options: GlobalOptions

    mutating func run() throws {
        try Opened.enter(options)
        let (old, new) = try both()
        let diff = BuildDiff(old, new)
        if options.json { say(json(diff, old, new)) } else { Terminal.writeOut(text(diff, old, new) + "\n") }
        if !diff.differences.isEmpty { throw ExitStatus.failed }
    }

    private func both() throws -> (DiffSide, DiffSide) {
        let settings = options.overrides
        switch sides.count {
        case 0 where !settings.isEmpty: return (try here([], isBuilt: false), try here(settings, isBuilt: false))
        case 1:
            // A revision was never built: it is compared with what the project file says now.
            let isBuilt = settings.isEmpty && !sides[0].begins(with: "git:")
            return (try side(sides[0], []), try here(settings, isBuilt: isBuilt))
        case 2: return (try side(sides[0], []), try side(sides[1], settings))
        default:
            throw DiagnosticError(
                .error(
                    "there are not two things to compare",
                    help:
                        "'hlsbuild diff A B', 'hlsbuild diff A' or 'hlsbuild diff --set KEY=VALUE', where A and B are "
                        + "folders or git:REVISION"))
        }
    }

    private func here(_ settings: [String], isBuilt: Bool) throws -> DiffSide {
        let name = settings.isEmpty ? options.file : settings.joined(separator: " ")
        return try .project(Workspace(file: options.file, overrides: settings), name: name, isBuilt: isBuilt)
    }

    private func side(_ name: String, _ settings: [String]) throws -> DiffSide {
        if let revision = name.rest(behind: "git:") {
            let checkout = try GitCheckout(revision: revision, projectFile: options.file)
            defer { checkout.remove() }
            return try .project(
                Workspace(file: checkout.projectFile, overrides: settings), name: name, isBuilt: false)
        }
        let file = PathText.split(options.file).name
        let path = name.rest(before: "/") ?? name
        if Files.status(path)?.kind == .file {
            return try .project(Workspace(file: path, overrides: settings), name: name, isBuilt: settings.isEmpty)
        }
        if Files.status(path + "/" + file) == nil, settings.isEmpty { return try .build(path, name: name) }
        return try .project(
            Workspace(file: path + "/" + file, overrides: settings), name: name, isBuilt: settings.isEmpty)
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
            "measured_once": rows(diff.onlyOnce),
        ])
    }
}
