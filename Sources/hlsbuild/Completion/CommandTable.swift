import ArgumentParser
import Basics
import Stages

/// Every command with all that can be written behind it, as the argument parser has it declared: what the completions of
/// all shells and the manual page are made from.
struct CommandTable {
    /// What stands for a value.
    enum Value: Equatable {
        case anything
        case word([String])
        /// Files with these endings; with any, where there are none.
        case file([String])
        case folder
        /// `key=value` of the project file.
        case setting
        case command
    }

    struct Option: Equatable {
        var long: String
        var letter: Character?
        var help: String
        /// What its value is called in help; nil for one without a value.
        var valueName: String?
        var value: Value
    }

    struct Argument: Equatable {
        var name: String
        var help: String
        var isOptional: Bool
        var isRepeating: Bool
        var value: Value
    }

    struct Command: Equatable {
        var name: String
        var help: String
        var discussion: String
        var options: [Option]
        var arguments: [Argument]
    }

    let commands: [Command]

    /// Options of the build that are written otherwise than the parser has them.
    private static let rewritten = ["force-all", "force-stage"]

    init() throws {
        let dump = try JSONValue(parsing: Array(HLSBuild._dumpHelp().utf8), name: "the parser's help")
        commands = (dump["command"]?["subcommands"]?.arrayValue ?? []).map(Self.command)
    }

    subscript(name: String) -> Command? { commands.first { $0.name == name } }

    /// The options that all commands on a project take.
    var common: [Option] {
        guard let first = commands.first else { return [] }
        return first.options.filter { option in
            commands.allSatisfy { $0.name == "help" || $0.options.contains { $0.long == option.long } }
        }
    }

    private static func command(_ json: JSONValue) -> Command {
        let arguments = (json["arguments"]?.arrayValue ?? []).filter { $0["shouldDisplay"] != .bool(false) }
        let name = json["commandName"]?.stringValue ?? ""
        var options = arguments.filter { $0["kind"] != .string("positional") }.map(option)
        if options.contains(where: { rewritten.contains($0.long) }) {
            options.removeAll { rewritten.contains($0.long) }
            options.append(
                Option(
                    long: "force", letter: "B", help: "Run everything, or this stage, whatever is kept.",
                    valueName: "stage", value: .word(Road.names)))
        }
        return Command(
            name: name, help: json["abstract"]?.stringValue ?? "", discussion: json["discussion"]?.stringValue ?? "",
            options: options,
            arguments: arguments.filter { $0["kind"] == .string("positional") }.map { argument($0, of: name) })
    }

    private static func option(_ json: JSONValue) -> Option {
        let names = json["names"]?.arrayValue ?? []
        func name(_ kind: String) -> String? {
            names.first { $0["kind"] == .string(kind) }?["name"]?.stringValue
        }
        let long = name("long") ?? ""
        let hasValue = json["kind"] == .string("option")
        return Option(
            long: long, letter: name("short")?.first, help: json["abstract"]?.stringValue ?? "",
            valueName: hasValue ? json["valueName"]?.stringValue : nil,
            value: long == "set" ? .setting : value(json["completionKind"]))
    }

    private static func argument(_ json: JSONValue, of command: String) -> Argument {
        Argument(
            name: json["valueName"]?.stringValue ?? "", help: json["abstract"]?.stringValue ?? "",
            isOptional: json["isOptional"] == .bool(true), isRepeating: json["isRepeating"] == .bool(true),
            value: command == "help" ? .command : value(json["completionKind"]))
    }

    private static func value(_ kind: JSONValue?) -> Value {
        if let words = kind?["list"]?["values"]?.arrayValue { return .word(words.compactMap(\.stringValue)) }
        if let file = kind?["file"] { return .file((file["extensions"]?.arrayValue ?? []).compactMap(\.stringValue)) }
        return kind?["directory"] == nil ? .anything : .folder
    }
}
