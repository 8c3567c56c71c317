import Testing
import TestSupport

/// What is said to a command line that is wrong, to the letter.
@Suite struct MistakeTests {
    private static let stages = "parse, optimize, write, csim, synth, vsynth, export"

    @Test(arguments: [
        (
            ["cism"],
            """
            error: there is no stage or command 'cism'
            help: did you mean 'csim'? the stages are \(stages); 'hlsbuild help' lists the commands

            """
        ),
        (
            ["staus"],
            """
            error: there is no stage or command 'staus'
            help: did you mean 'status'? the stages are \(stages); 'hlsbuild help' lists the commands

            """
        ),
        (
            ["xyzzy"],
            """
            error: there is no stage or command 'xyzzy'
            help: the stages are \(stages); 'hlsbuild help' lists the commands

            """
        ),
        (
            ["csim", "status"],
            """
            error: 'status' is a command, not a stage
            help: write it first: 'hlsbuild status'

            """
        ),
        (
            ["--quite", "csim"],
            """
            error: unknown option '--quite'
            help: did you mean '--quiet'? 'hlsbuild build --help' lists what can be written

            """
        ),
        (
            ["status", "-z"],
            """
            error: unknown option '-z'
            help: 'hlsbuild status --help' lists what can be written

            """
        ),
        (
            ["-j"],
            """
            error: a value is missing behind '-j'
            help: 'hlsbuild --help' lists the options and their values

            """
        ),
        (
            ["-j", "0"],
            """
            error: '-j 0': no command could run
            help: write 1 or more, or leave it out: one per processor

            """
        ),
        (
            ["-j", "four"],
            """
            error: the value 'four' is invalid for '--jobs <number>'
            help: 'hlsbuild build --help' lists what can be written

            """
        ),
        (
            ["-C", "nowhere"],
            """
            error: cannot enter folder 'nowhere': No such file or directory
            help: -C names a folder

            """
        ),
        (
            [],
            """
            error: cannot read 'hlsbuild.yml': No such file or directory
            help: 'hlsbuild init' writes one; '-f FILE' names another

            """
        ),
        (
            ["why"],
            """
            error: missing expected argument '<stage>'
            help: 'hlsbuild why --help' lists what can be written

            """
        ),
        (
            ["graph", "--format", "png"],
            """
            error: the value 'png' is invalid for '--format <format>'
            help: write one of 'text', 'dot', 'mermaid' or 'json'; 'hlsbuild graph --help' lists what can be written

            """
        ),
        (
            ["predict"],
            """
            error: --input is missing: name a .npy file for each input of the model
            help: 'hlsbuild predict --help' lists what can be written

            """
        ),
        (
            ["init", "--model", "a", "--from", "b"],
            """
            error: --model, --from and --template are three ways to begin: give one of them
            help: 'hlsbuild init --help' lists what can be written

            """
        ),
        (
            ["init", "--template", "minmal"],
            """
            error: there is no template 'minmal'
            help: did you mean 'minimal'? templates: minimal

            """
        ),
    ])
    func isAnswered(arguments: [String], expected: String) async throws {
        let scratch = try Scratch()
        let run = try await Program.run(Repository.program("hlsbuild"), arguments, in: scratch.path)
        #expect(run == Ended(status: 2, output: "", errors: expected))
    }

    @Test func settingsThatAreNoneAreAllReported() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        let run = try await hlsbuild("--set", "nonsense", "--set", "clokc=5 ns", "csim")
        #expect(run.status == 2)
        #expect(run.errors.contains("--set nonsense:1:1: error: this is no setting\n"))
        #expect(run.errors.contains("has no key 'clokc'\nhelp: did you mean 'clock'?\n"))
    }

    @Test func helpAndVersionAreNoMistakes() async throws {
        let hlsbuild = try Program(in: Scratch())
        #expect(try await hlsbuild("--version") == Ended(status: 0, output: "hlsbuild 0.1.0\n", errors: ""))
        let help = try await hlsbuild("--help")
        #expect(help.status == 0)
        #expect(help.errors.isEmpty)
        #expect(help.output.contains("USAGE: hlsbuild [<stage> ...] [<options>]"))
        #expect(try await hlsbuild("help") == help)
        #expect(try await hlsbuild("csim", "--help").output.contains("--keep-going"))
    }

    /// A reader that goes away is no error; a full disk is.
    @Test func outputThatNobodyTakes() async throws {
        let scratch = try Scratch()
        let program = try Repository.program("hlsbuild")
        let cut = try await Program.run("/bin/sh", ["-c", "'\(program)' schema | true; echo done"], in: scratch.path)
        #expect(cut == Ended(status: 0, output: "done\n", errors: ""))
        let full = try await Program.run(program, ["schema"], in: scratch.path, output: "/dev/full")
        #expect(full.status == 1)
        #expect(full.errors == "error: cannot write to standard output: No space left on device\n")
    }

    /// What is wrong with the file and what it says of layers that there are not are told together, a missing tool at the
    /// line that asks for it, and nothing is proposed that is far from what was written.
    @Test func kindsOfMistakesAreToldTogether() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        let text = hlsbuild.folder.text("hlsbuild.yml")
        try hlsbuild.folder.write("x.yml", text.replacing("  hidden:", with: "  hiden:") + "strategi: latency\n")
        let both = try await hlsbuild("check", "-f", "x.yml").errors.split(separator: "\n")
        #expect(both.count == 4)
        #expect(both.first == "x.yml:14:3: error: the model has no layer 'hiden'")
        #expect(both.dropFirst(2).first == "x.yml:20:1: error: the project file has no key 'strategi'")
        let missing = try await hlsbuild("synth", environment: ["PATH": "/usr/bin:/bin"]).errors
        #expect(missing.hasPrefix("hlsbuild.yml:4:10: error: Vitis HLS is not there; "), "\(missing)")
        #expect(missing.split(separator: "\n").count == 1)
        #expect(try await !hlsbuild("status", "--foo").errors.contains("did you mean"))
    }
}
