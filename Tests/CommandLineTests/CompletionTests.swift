import Basics
import TestSupport
import Testing

@testable import hlsbuild

/// What can come next on a command line.
@Suite struct CompletionTests {
    private let table: CommandTable

    init() throws { table = try CommandTable() }

    /// The candidates' texts; nil where a file or folder can come.
    private func words(_ line: String) -> [String]? {
        let answer = Completion(ShellWord.split(line), in: table).answer
        guard case .words(let candidates) = answer else { return nil }
        return candidates.map(\.text)
    }

    private static let stages = ["parse", "optimize", "write", "csim", "synth", "vsynth", "export"]

    @Test(arguments: [
        ("cs", ["csim"]), ("wr", ["write"]), ("csim ", stages), ("csim par", ["parse"]), ("build sy", ["synth"]),
        ("why cs", ["csim"]), ("log ", stages), ("why csim ", []), ("-B o", ["optimize"]),
        ("--force=o", ["--force=optimize"]),
        ("-f x.yml sta", ["status"]), ("-qC dir sta", ["status"]), ("--set a=b log c", ["csim"]), ("-j4 cs", ["csim"]),
        ("-j ", []), ("csim --tim", ["--timings"]), ("status --tim", []), ("predict --engine em", ["emulator"]),
        ("predict --engine=em", ["--engine=emulator"]), ("graph --format m", ["mermaid"]), ("help ver", ["verify"]),
        ("init --template m", ["minimal"]), ("log csim --fol", ["--follow"]), ("csim -- par", ["parse"]),
        ("--set str", ["strategy="]), ("--set strategy=l", ["strategy=latency"]), ("csim --set io=s", ["io=stream"]),
        ("--set=skip=", ["--set=skip=true", "--set=skip=false"]), ("--set clock", ["clock=", "clock."]),
        ("--set clock.u", ["clock.uncertainty="]), ("--set layers.fc1.precision.acc", ["layers.fc1.precision.accum="]),
        ("--set expect.lu", ["expect.lut="]), ("--set nothing.x", []),
        ("--set 'layers.\"a.b\".str", ["layers.\"a.b\".strategy="]),
    ])
    func whatComesNext(line: String, expected: [String]) {
        #expect(words(line) == expected)
    }

    @Test(arguments: [
        ("-f ", Completion.Answer.file(behind: "", endings: ["yml", "yaml"])),
        ("csim --file=x", .file(behind: "--file=", endings: ["yml", "yaml"])), ("-C ", .folder(behind: "")),
        ("predict --trace ", .folder(behind: "")), ("verify ", .file(behind: "", endings: ["tar"])),
        ("report --read ", .file(behind: "", endings: [])), ("diff ", .folder(behind: "")),
        ("diff a ", .folder(behind: "")), ("init ", .folder(behind: "")),
        ("predict --input ", .file(behind: "", endings: ["npy"])),
    ])
    func filesAndFolders(line: String, expected: Completion.Answer) {
        #expect(Completion(ShellWord.split(line), in: table).answer == expected)
    }

    /// First come stages and commands, each with what it is; behind a hyphen the command's own options.
    @Test func nothingIsLeftOut() throws {
        #expect(words("") == Self.stages + table.commands.map(\.name))
        #expect(Set(table.commands.map(\.name)) == Set(HLSBuild.verbs))
        for command in table.commands {
            let offered = try #require(words("\(command.name) --"))
            #expect(Set(offered) == Set(command.options.map { "--" + $0.long }))
            #expect(command.name == "help" || offered.contains("--json"))
            #expect(command.options.allSatisfy { !$0.help.isEmpty } && !command.help.isEmpty)
        }
    }

    @Test func theManualHasEveryCommandAndOption() {
        let page = ManualPage(table).text
        for command in table.commands {
            #expect(page.contains("\n.It Cm \(command.name)"), "\(command.name)")
            for option in command.options {
                #expect(page.contains("Fl \\-" + ManualPage.escaped(option.long)), "\(option.long)")
            }
        }
        for name in ["HLSBUILD_SEATS", "HLSBUILD_TEMPLATES", "NO_COLOR", "XDG_CONFIG_HOME"] {
            #expect(page.contains("\n.It Ev \(name)\n"))
        }
        // Nothing but the page's own marks begins a line with a dot.
        let marks = Set(page.split(separator: "\n").filter { $0.hasPrefix(".") }.map { $0.prefix(3) })
        #expect(
            marks.isSubset(of: [
                ".Dd", ".Dt", ".Os", ".Sh", ".Nm", ".Nd", ".Op", ".Ar", ".Pa", ".Pp", ".Bl", ".It", ".El", ".Bd", ".Ed",
                ".Dl", ".Xr", ".Pq", ".Fl",
            ]))
    }

    @Test(arguments: [
        ("a b", ["a", "b"]), ("a ", ["a", ""]), ("", [""]), (#"a\ b 'c d' "e f"g"#, ["a b", "c d", "e fg"]),
        ("a 'b c", ["a", "b c"]), (#"'a\b'"#, [#"a\b"#]), ("''", [""]), ("'' x", ["", "x"]),
    ])
    func wordsOfALine(line: String, words: [String]) {
        #expect(ShellWord.split(line) == words)
    }
}

/// The shells themselves complete.
@Suite struct ShellTests {
    let hlsbuild: Program

    /// A project, and the program on the search path.
    init() async throws {
        hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        try hlsbuild.folder.makeDirectories("bin")
        try FileLink.make(hlsbuild.folder.absolute("bin/hlsbuild"), to: hlsbuild.path)
        for shell in CompletionScript.allCases {
            let script = try await hlsbuild("--generate-completion-script", shell.rawValue)
            #expect(script.status == 0)
            try hlsbuild.folder.write("complete.\(shell.rawValue)", script.output)
        }
    }

    private var environment: [String: String] {
        ["PATH": hlsbuild.folder.path + "/bin:/usr/bin:/bin", "HOME": hlsbuild.folder.path, "PS1": "$ "]
    }

    /// Types the beginnings of lines, a tab behind each, and waits for how they go on.
    private func type(_ lines: [(typed: String, completed: String)], into shell: [String], after prompt: String)
        async throws -> Seen
    {
        var steps: [Seen.Step] = []
        var last = prompt
        for line in lines {
            // Control-U removes the line before.
            steps.append(.keys(behind: last, "\u{15}" + line.typed + "\t"))
            last = line.completed
        }
        steps.append(.keys(behind: last, "\u{15}exit 7\n"))
        return try await Seen.running(shell, in: hlsbuild.folder, columns: 200, environment: environment, steps: steps)
    }

    private static let lines: [(typed: String, completed: String)] = [
        ("hlsbuild stat", " status"), ("hlsbuild why cs", " csim"), ("hlsbuild -B opt", " optimize"),
        ("hlsbuild csim --set layers.hid", " layers.hidden"), ("hlsbuild --set strategy=r", " strategy=resource"),
        ("hlsbuild predict --engine=em", " --engine=emulator"), ("hlsbuild -C bi", " bin/"),
        ("hlsbuild csim -f hlsb", " hlsbuild.yml"),
    ]

    @Test func bash() async throws {
        try hlsbuild.folder.write("bashrc", "PS1='$ '\nsource complete.bash\n")
        let seen = try await type(Self.lines, into: ["bash", "--noprofile", "--rcfile", "bashrc", "-i"], after: "$")
        #expect(seen.status == 7, "\(seen)")
    }

    @Test func zsh() async throws {
        try hlsbuild.folder.write(".zshrc", "PS1='$ '\nautoload -Uz compinit\ncompinit -u -D\nsource complete.zsh\n")
        let seen = try await type(Self.lines, into: ["zsh", "-d", "-i"], after: "$")
        #expect(seen.status == 7, "\(seen)")
    }

    @Test func fish() async throws {
        let script = """
            source complete.fish
            for line in $argv
                echo "> $line"
                complete -C "$line"
            end
            """
        let run = try await Program.run(
            try #require(Repository.installed("fish")), ["-N", "-c", script] + Self.lines.map(\.typed),
            in: hlsbuild.folder.path, environment: environment)
        let answers = run.output.split(separator: "> ").map { $0.split(separator: "\n").map(String.init) }
        #expect(answers.count == Self.lines.count, "\(run.errors)")
        for (answer, line) in zip(answers, Self.lines) {
            let end = line.completed.dropFirst()
            #expect(answer.dropFirst().contains { $0.split(separator: "\t")[0].hasPrefix(end) }, "\(answer)")
        }
    }
}
