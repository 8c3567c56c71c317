import Basics
import Glibc
import TestSupport
import Testing

@testable import hlsbuild

/// Where the project file is found, and what `init` writes beside it.
@Suite struct SearchTests {
    @Test func upwardFromADeepFolder() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init", "p")
        try hlsbuild.folder.makeDirectories("p/a/b")
        let note = "note: the project file is '\(hlsbuild.folder.path)/p/hlsbuild.yml'\n"
        func deep(_ arguments: String...) async throws -> Ended {
            try await Program.run(hlsbuild.path, arguments, in: hlsbuild.folder.path + "/p/a/b")
        }
        let first = try await deep("optimize")
        #expect(first.status == 0 && first.errors == note, "\(first.errors)")
        #expect(hlsbuild.folder.exists("p/build/optimize/design.json"))
        // The answer to a build with nothing to do, and quietly.
        let second = try await deep("optimize")
        #expect(second == Ended(status: 0, output: "nothing to do: parse, optimize up to date\n", errors: note))
        #expect(try await deep("optimize", "-q") == Ended(status: 0, output: "", errors: ""))
        // Other paths of the command line start where the user is.
        #expect(try await deep("predict", "--input", "../../input.npy", "--output", "y.npy").status == 0)
        #expect(hlsbuild.folder.exists("p/a/b/y.npy"))
        let mistake = try await deep("check", "--set", "reuse=x", "-f", "../../hlsbuild.yml")
        #expect(mistake.errors.hasPrefix("--set reuse=x:1:7: error: "))
        #expect(try await hlsbuild("-C", "p/a", "status").errors == note)
    }

    @Test func onlyWhereItIsWanted() throws {
        let scratch = try Scratch()
        try scratch.write("hlsbuild.yml", "project: p\n")
        try scratch.makeDirectories("a/b")
        func finding(_ words: String...) throws -> ProjectSearch.Finding? {
            let form = try CommandLineForm(
                ["-C", scratch.path + "/a/b"] + words, verbs: HLSBuild.verbs, stages: ["csim"])
            return ProjectSearch.finding(for: form)
        }
        for words in [["csim"], ["status"], ["diff", "x"], ["doctor"], []] {
            let form = try CommandLineForm(
                ["-C", scratch.path + "/a/b"] + words, verbs: HLSBuild.verbs, stages: ["csim"])
            #expect(ProjectSearch.finding(for: form) == .found("../../hlsbuild.yml"), "\(words)")
        }
        #expect(try finding("init") == nil && finding("schema") == nil && finding("verify", "x.tar") == nil)
        #expect(try finding("csim", "-f", "x.yml") == nil && finding("report", "--read", "x") == nil)
        #expect(try finding("diff", "x", "y") == nil && finding("status", "--help") == nil)
        try scratch.write("a/b/hlsbuild.yml", "")
        #expect(try finding("csim") == nil)
        // Somebody else's file could name any program.
        if geteuid() == 0 {
            scratch.remove("a/b/hlsbuild.yml")
            #expect(chown(scratch.path + "/hlsbuild.yml", 4242, 4242) == 0)
            #expect(try finding("csim") == .foreign("../../hlsbuild.yml"))
        }
    }

    @Test func whatIsBuiltIsNoPartOfARepository() async throws {
        let hlsbuild = try Program(in: Scratch())
        let made = try await hlsbuild("init", "it's here")
        #expect(
            made.output == """
                wrote expected.npy, hlsbuild.yml, input.npy, model.h5, .gitignore in it's here
                next: hlsbuild -C 'it'\\''s here' csim

                """)
        #expect(hlsbuild.folder.text("it's here/.gitignore").hasSuffix("/build/\n/.hlsbuild/\n"))
        try hlsbuild.folder.write("b/.gitignore", "build\n")
        let second = try await hlsbuild("init", "b")
        #expect(second.output.hasPrefix("wrote expected.npy, hlsbuild.yml, input.npy, model.h5 in b\n"))
        #expect(second.errors.hasSuffix("let git ignore .hlsbuild\n"), "\(second.errors)")
        #expect(hlsbuild.folder.text("b/.gitignore") == "build\n")
    }

    @Test(arguments: [
        ("plain-1.0/x_y", "plain-1.0/x_y"), ("a b", "'a b'"), ("", "''"), ("$x", "'$x'"), ("it's", #"'it'\''s'"#),
        ("Übung", "'Übung'"),
    ])
    func wordsForAShell(text: String, word: String) {
        #expect(ShellWord.quoted(text) == word)
    }
}
