import Basics
import BuildEngine
import TestSupport
import Testing

@testable import hlsbuild

/// What programs are told.
@Suite struct EventTests {
    private func objects(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8), name: "a line") }
    }

    /// Every line of every command is an object that names its event, the command's own last.
    @Test func everyCommandTellsObjects() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        let commands: [(event: String, words: [String])] = [
            ("summary", ["csim"]), ("check", ["check"]), ("status", ["status"]), ("why", ["why", "csim"]),
            ("graph", ["graph"]), ("graph", ["graph", "--model"]), ("log", ["log", "csim"]),
            ("log", ["log", "csim", "--follow"]),
            ("report", ["report"]),
            ("diff", ["diff", "--set", "reuse=2"]), ("release", ["release"]), ("verify", ["verify", "minimal.tar"]),
            ("init", ["init", "other"]), ("predict", ["predict", "--input", "input.npy", "--output", "y.npy"]),
            ("doctor", ["doctor"]), ("schema", ["schema"]), ("gc", ["gc"]),
            ("clean", ["clean"]),
        ]
        for (event, words) in commands {
            let run = try await Program.run(hlsbuild.path, words + ["--json"], in: hlsbuild.folder.path)
            let objects = try objects(run.output)
            #expect(objects.last?["event"]?.stringValue == event, "\(words): \(run.output)")
            #expect(objects.allSatisfy { $0["event"]?.stringValue?.isEmpty == false })
        }
        let covered = Set(commands.compactMap { $0.words.first == "csim" ? "build" : $0.words.first })
        #expect(covered.union(["help"]) == Set(HLSBuild.verbs))
    }

    /// The README has every event that a build sends.
    @Test func theReadmeHasThemAll() throws {
        let readme = try Files.text(Repository.root + "/README.md")
        for file in ["Reporter", "BuildSummary"] {
            let source = try Files.text(Repository.root + "/Sources/BuildEngine/\(file).swift")
            let names = source.split(separator: "\"event\": .string(\"").dropFirst().compactMap {
                $0.split(separator: "\"").first
            }
            #expect(!names.isEmpty)
            for name in names { #expect(readme.contains("\n| `\(name)` |"), "\(name)") }
        }
    }

    /// Whatever is wrong before anything is built.
    @Test(arguments: [
        ["cism"], ["--quite"], ["-f", "no.yml"], ["-C", "nowhere"], ["why"], ["-j", "0"],
        ["report", "--read", "no.rpt"],
        ["init", "--template", "none"], ["verify", "no.tar"],
    ])
    func mistakesAreObjectsToo(words: [String]) async throws {
        let scratch = try Scratch()
        let run = try await Program.run(try Repository.program("hlsbuild"), ["--json"] + words, in: scratch.path)
        let first = try #require(try objects(run.output).first)
        #expect(first["event"] == .string("diagnostic") && first["severity"] == .string("error"))
        let message = try #require(first["message"]?.stringValue)
        #expect(run.errors.contains("error: " + message))
        #expect(run.status != 0)
    }

    @Test func notesComeWithADiagnostic() {
        let diagnostic = Diagnostic.error("twice", notes: [.init("the first is here")])
        let notes = BuildEvent.diagnostic(diagnostic, stage: nil).json["notes"]?.arrayValue
        #expect(notes?.map { $0["message"] } == [.string("the first is here")])
    }

    @Test func logsAreTheOutputOfTheirSteps() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        try hlsbuild.folder.write(
            "bin/g++",
            """
            #!/bin/sh
            case "$*" in *" -c "*) echo 'x.h:1: one'; printf 'two' >&2; exit 1;; esac
            exec /usr/bin/g++ "$@"

            """, mode: 0o755)
        let environment = ["PATH": hlsbuild.folder.path + "/bin:/usr/bin:/bin"]
        #expect(try await hlsbuild("csim", "-j1", environment: environment).status == 1)
        let lines = try objects(try await hlsbuild("log", "csim", "--json").output)
        // The step that failed first ended another one that had begun, wherever that was.
        let step = try #require(lines.first { $0["line"] == .string("two") }?["step"]?.stringValue)
        #expect(step.hasPrefix("compile "))
        #expect(lines.last?["steps"]?.arrayValue?.contains(.string(step)) == true)
        let output = ["x.h:1: one", "two"].map {
            BuildEvent.output(stage: "csim", label: step, line: $0).json
        }
        #expect(lines.filter { $0["step"] == .string(step) } == output)
    }

    /// The trace holds every step that ran, and in one lane never two at once.
    @Test func timings() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        #expect(try await hlsbuild("write", "--timings", "t.json").status == 0)
        let trace = try JSONValue(parsing: hlsbuild.folder.bytes("t.json"), name: "t.json")
        let spans = (trace["traceEvents"]?.arrayValue ?? []).filter { $0["ph"] == .string("X") }
        func names(_ process: Int) -> Set<String> {
            Set(spans.filter { $0["pid"] == .int(process) }.compactMap { $0["name"]?.stringValue })
        }
        #expect(names(1) == ["parse", "optimize", "write"])
        #expect(names(2) == ["parse", "optimize", "write", "test bench data"])
        var ends: [String: Int] = [:]
        for span in spans {
            let begin = try #require(span["ts"]?.integerValue), length = try #require(span["dur"]?.integerValue)
            let lane = "\(try #require(span["pid"]?.integerValue)).\(try #require(span["tid"]?.integerValue))"
            #expect(begin >= ends[lane] ?? 0 && length >= 0)
            ends[lane] = begin + length
        }
        let refused = try await hlsbuild("write", "--timings", "hlsbuild.yml")
        #expect(refused.errors.hasPrefix("error: cannot write 'hlsbuild.yml': it is the project file"))
    }

    @Test func groupsAndExamplesHelp() async throws {
        let hlsbuild = try Program(in: Scratch())
        let help = try await hlsbuild("help").output
        for word in [
            "BEGIN SUBCOMMANDS", "BUILD SUBCOMMANDS", "RESULTS SUBCOMMANDS", "Examples:\n  hlsbuild init parity",
        ] {
            #expect(help.contains(word), "\(help)")
        }
        #expect(try await hlsbuild("help", "build").output.contains("Examples:\n  hlsbuild "))
    }
}
