import Basics
import Stages
import Steps

/// The manual page, in mdoc: what the commands say of themselves, and around it what no command says.
struct ManualPage {
    let text: String

    /// Variables of the environment that change what the program does.
    static let variables: [(name: String, meaning: String)] = [
        ("CI", "If set, nothing is drawn again and again on a terminal."),
        ("HLSBUILD_SEATS", "The folder in which licences and memory are shared with other builds of the machine."),
        ("HLSBUILD_TEMPLATES", "The folder of templates to use in place of the installed or built-in ones."),
        ("NO_COLOR", "If set to anything, nothing is printed in colour."),
        ("PATH", "Where compilers and tools are looked up."),
        ("TERM", "A terminal that is dumb, or has no name, gets plain text."),
        ("TMPDIR", "Where a release is built again."),
        ("XDG_CONFIG_HOME", "Where the user's own file of tools lies, hlsbuild/tools.yml; ~/.config else."),
    ]

    init(_ table: CommandTable) {
        let common = table.common
        let build = table["build"]?.options.filter { option in !common.contains(option) } ?? []
        var lines = Self.head
        lines += Self.list(
            StageName.allCases.map { (".It Cm \($0.rawValue)", [Self.escaped($0.help)]) }, width: "optimize")
        lines += [".Pp", "A stage whose tool is not there is reported, and everything else is built.", ".Sh OPTIONS"]
        lines += Self.options + Self.list((common + build).map(Self.item))
        lines += [".Sh COMMANDS"]
        let known = Set((common + build).map(\.long))
        lines += Self.list(table.commands.map { Self.item($0, besides: known) })
        lines += [".Sh ENVIRONMENT"]
        lines += Self.list(
            Self.variables.map { (".It Ev \($0.name)", [Self.escaped($0.meaning)]) }, width: "HLSBUILD_TEMPLATES")
        text = (lines + Self.tail).joined(separator: "\n") + "\n"
    }

    private static func list(_ items: [(heading: String, text: [String])], width: String = "Ds") -> [String] {
        [".Bl -tag -width \(width)"] + items.flatMap { [$0.heading] + $0.text } + [".El"]
    }

    private static func item(_ option: CommandTable.Option) -> (heading: String, text: [String]) {
        (".It " + words(option), [escaped(option.help)])
    }

    /// `Fl f , -file Ar file`.
    private static func words(_ option: CommandTable.Option) -> String {
        let letter = option.letter.map { "Fl \($0) , " } ?? ""
        let value = option.valueName.map { (option.mayLackValue ? " Op Ar " : " Ar ") + escaped($0) } ?? ""
        return letter + "Fl \\-" + escaped(option.long) + value
    }

    private static func item(_ command: CommandTable.Command, besides known: Set<String>) -> (String, [String]) {
        let own =
            command.name == "build" ? [] : command.options.filter { !known.contains($0.long) || $0.long == "jobs" }
        let arguments = command.arguments.map { argument in
            (argument.isOptional ? " Op Ar " : " Ar ") + escaped(argument.name) + (argument.isRepeating ? " ..." : "")
        }
        var text = [escaped(command.help)]
        for paragraph in command.discussion.split(separator: "\n\n") {
            text.append(".Pp")
            let lines = paragraph.split(separator: "\n").map(String.init)
            if lines.contains(where: { $0.begins(with: "  ") }) {
                text += [".Bd -literal"] + lines.map(escaped) + [".Ed"]
            } else {
                text += lines.map(escaped)
            }
        }
        if !own.isEmpty { text += list(own.map(item)) }
        return (".It Cm " + command.name + arguments.joined(), text)
    }

    /// A text that is none of the page's own marks.
    static func escaped(_ text: String) -> String {
        let plain = text.substituting("\\", with: "\\e").substituting("-", with: "\\-")
        return plain.begins(with: ".") || plain.begins(with: "'") ? "\\&" + plain : plain
    }
}

extension ManualPage {
    private static let head = """
        .Dd November 30, 2026
        .Dt HLSBUILD 1
        .Os
        .Sh NAME
        .Nm hlsbuild
        .Nd build FPGA firmware from a trained neural network
        .Sh SYNOPSIS
        .Nm
        .Op Ar stage ...
        .Op Ar options
        .Nm
        .Ar command
        .Op Ar options
        .Sh DESCRIPTION
        .Nm
        turns a trained network into a project for high\\-level synthesis, simulates it, and runs the vendor's tools on it.
        What to build is stated in one file,
        .Pa hlsbuild.yml ,
        in the folder or above it.
        Every stage is kept by the content of all that it depends on, and runs again only if some of that has changed.
        .Pp
        Without a command,
        .Nm
        builds up to the stages that are named, or all of them:
        """.split(separator: "\n").map(String.init)

    private static let options = """
        Options may stand before and after stages and commands.
        Letters may be joined
        .Pq Fl qk ,
        and values written behind them
        .Pq Fl j4 , Fl \\-file Ns = Ns Pa x.yml .
        With
        .Fl h
        or
        .Fl \\-help
        every command says what can be written behind it;
        .Fl \\-version
        prints the version.
        The first of these are for all commands, those from
        .Fl j
        on for builds.
        """.split(separator: "\n").map(String.init)

    private static let tail = """
        .Sh FILES
        .Bl -tag -width Pa
        .It Pa hlsbuild.yml
        The project file.
        .It Pa build/STAGE
        What a stage made.
        .It Pa .hlsbuild
        The store, the records of what was done, and logs.
        It can be deleted at any time.
        .El
        .Sh EXIT STATUS
        .Bl -tag -width 130
        .It 0
        Done.
        .It 1
        A stage failed, or something measured is not what the project file expects.
        .It 2
        The command line, the project file or the model is wrong.
        .It 3
        A tool is missing or unusable.
        .It 4
        A release could not be checked in full, because a tool is missing.
        .It 130
        Interrupted.
        .El
        .Sh EXAMPLES
        Start with an example, build it and see what came out:
        .Bd -literal -offset indent
        hlsbuild init tagger
        hlsbuild \\-C tagger csim
        hlsbuild \\-C tagger report
        .Ed
        .Pp
        Try a setting without editing the file:
        .Pp
        .Dl hlsbuild csim \\-\\-set layers.fc1.reuse=4
        .Sh SEE ALSO
        .Xr make 1 ,
        .Xr ninja 1
        """.split(separator: "\n").map(String.init)
}
