import ArgumentParser
import FoundationEssentials
import Testing

@testable import hlsbuild

/// How a command line is brought into its one form.
@Suite struct FormTests {
    private static let stages = ["parse", "optimize", "write", "csim"]
    private static let verbs = ["build", "status", "predict", "why", "log", "help"]

    private func form(_ line: String) throws -> CommandLineForm {
        try CommandLineForm(
            line.split(separator: " ").map(String.init), verbs: Self.verbs, stages: Self.stages)
    }

    @Test(arguments: [
        ("", "build"),
        ("csim", "build csim"),
        ("build csim", "build csim"),
        ("-q status", "status -q"),
        ("status -q", "status -q"),
        ("-C x status", "status --directory=x"),
        ("-Cx status", "status --directory=x"),
        ("--directory=x status", "status --directory=x"),
        ("-f status status", "status --file=status"),
        ("csim -j4", "build csim --jobs=4"),
        ("-j 4 csim", "build --jobs=4 csim"),
        ("--jobs 4 csim", "build --jobs=4 csim"),
        ("-qkj4 csim", "build -q -k --jobs=4 csim"),
        ("-f=x", "build --file==x"),
        ("--file=-x", "build --file=-x"),
        ("-f -", "build --file=-"),
        ("--set layers.a.reuse=4 csim", "build --set=layers.a.reuse=4 csim"),
        ("--input a.npy predict", "predict --input=a.npy"),
        ("-B", "build --force-all"),
        ("-B csim", "build --force-stage=csim"),
        ("-Bcsim write", "build --force-stage=csim write"),
        ("--force=csim", "build --force-stage=csim"),
        ("-B nothing", "build --force-all nothing"),
        ("-nB", "build -n --force-all"),
        ("status -B", "status --force"),
        ("log csim -f", "log csim --follow"),
        ("log csim -qf", "log csim -q --follow"),
        ("log csim -f -q", "log csim --follow -q"),
        ("log csim -f -C x", "log csim --follow --directory=x"),
        ("log -f -- csim", "log --follow csim"),
        ("log csim --follow", "log csim --follow"),
        ("log csim -f x.yml", "log csim --file=x.yml"),
        ("log -f x.yml csim -f", "log --file=x.yml csim --follow"),
        ("log csim -fx.yml", "log csim --file=x.yml"),
        ("log csim -f -", "log csim --file=-"),
        ("-f x.yml log csim", "log --file=x.yml csim"),
        ("-f x.yml log csim -f", "log --file=x.yml csim --follow"),
        ("csim -- -x", "build csim -- -x"),
        ("-- csim", "build csim"),
        ("csim status", "build csim status"),
        ("--help", "--help"),
        ("--version", "--version"),
        ("csim --help", "build csim --help"),
        ("help why", "help why"),
        ("--unknown", "build --unknown"),
        ("-x", "build -x"),
        ("--generate-completion-script bash", "--generate-completion-script bash"),
        ("---completion status -- x", "---completion status -- x"),
    ])
    func everySpellingHasOneForm(line: String, expected: String) throws {
        #expect(try form(line).arguments.joined(separator: " ") == expected)
    }

    @Test(arguments: [
        ("-j", "-j"), ("--file", "--file"), ("-qf", "-f"), ("-f -q", "-f"), ("-C --json", "-C"), ("status -f", "-f"),
        ("log csim --file", "--file"),
    ])
    func aMissingValueIsNoticed(line: String, option: String) {
        #expect(throws: CommandLineForm.Mistake.missingValue(option)) { try form(line) }
    }

    /// Whatever the quiet check answers, it must have understood as the argument parser does.
    @Test(arguments: [
        "csim -fx.yml -j4", "-j 4 --file x.yml csim", "--file=x.yml --jobs=4 -k csim", "-kfx.yml csim",
        "-f x.yml -- csim",
    ])
    func theQuietCheckTakesAllSpellingsAlike(line: String) throws {
        let asked = try #require(QuietBuild.Asked(try form(line).words))
        #expect(asked.file == "x.yml")
        #expect(asked.targets == ["csim"])
        #expect(!asked.isSilent)
    }

    @Test(arguments: ["-j0", "-j x", "-n", "-B", "--json", "-v", "--whatever", "csim --help", "--format=dot"])
    func theQuietCheckLeavesTheRestAlone(line: String) throws {
        #expect(QuietBuild.Asked(try form(line).words) == nil)
    }

    @Test func theParserUnderstandsTheForm() throws {
        let form = try CommandLineForm(
            ["-qkj4", "--file=-x", "csim", "--set", "a.b=c d", "-Bwrite"], verbs: HLSBuild.verbs,
            stages: Self.stages)
        let command = try #require(try HLSBuild.parseAsRoot(form.arguments) as? Build)
        #expect(command.stages == ["csim"])
        #expect(command.jobs == 4)
        #expect(command.keepGoing)
        #expect(command.forced == ["write"])
        #expect(command.options.quiet)
        #expect(command.options.file == "-x")
        #expect(command.options.overrides == ["a.b=c d"])
    }

    @Test func theParserKnowsFollowing() throws {
        let form = try CommandLineForm(["log", "csim", "-f"], verbs: HLSBuild.verbs, stages: Self.stages)
        let command = try #require(try HLSBuild.parseAsRoot(form.arguments) as? Log)
        #expect(command.follow)
        #expect(command.stage == "csim")
        #expect(command.options.file == "hlsbuild.yml")
    }

    @Test func theListOfVerbsIsTheParsers() {
        let parsed = HLSBuild.configuration.subcommands.compactMap { $0.configuration.commandName }
        #expect(HLSBuild.verbs.sorted() == (parsed + ["help"]).sorted())
    }

    /// By the parser's own description of itself.
    @Test func theOptionsWithAValueAreTheParsers() throws {
        let help = try JSONDecoder().decode(ParserHelp.self, from: Data(HLSBuild._dumpHelp().utf8))
        var parsed: [String: Character?] = [:]
        for option in help.command.options {
            let long = try #require(option.names.first { $0.kind == "long" }?.name)
            let letter = option.names.first { $0.kind == "short" }?.name.first
            // A letter means the same for every command.
            let before = parsed[long].flatMap { $0 }
            #expect(before == nil || letter == nil || before == letter, "\(long)")
            parsed[long] = .some(before ?? letter)
        }
        #expect(parsed.count > 10)
        #expect(CommandLineForm.valued == parsed)
    }
}

/// As much of what `--experimental-dump-help` prints as tells the options with values.
private struct ParserHelp: Decodable {
    struct Command: Decodable {
        var arguments: [Argument]?
        var subcommands: [Command]?

        /// Of the command and all below it.
        var options: [Argument] {
            (arguments ?? []).filter { $0.kind == "option" } + (subcommands ?? []).flatMap(\.options)
        }
    }

    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
        }

        var kind: String
        private var possibleNames: [Name]?

        var names: [Name] { possibleNames ?? [] }

        private enum CodingKeys: String, CodingKey {
            case kind
            case possibleNames = "names"
        }
    }

    var command: Command
}
