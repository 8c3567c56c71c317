import Basics
import Glibc
import Testing
import TestSupport

/// What can go wrong around a build, one fault a test: afterwards the result is that of a clean build in another
/// folder, or an error says what is wrong. Never is a wrong result taken for a right one.
///
/// Here: files that change or are damaged. `ToolFaultTests` has the tools, `ConcurrencyTests` the other builds.
@Suite struct FaultTests {
    static func show(_ fault: String, _ result: String) { print("fault | \(fault) | \(result)") }

    static func runs(_ outcome: Outcome) -> String {
        outcome.ran.isEmpty
            ? "right, nothing run" : "right, \(outcome.ran.count) steps run (\(outcome.compiled.count) compiler runs)"
    }

    @Test func nothingChanged() async throws {
        let playground = try await Playground(built: true)
        let outcome = try await playground.buildRight()
        #expect(outcome.ran == [])
        #expect(outcome.stages.allSatisfy { $0.outcome == "current" })
        #expect(try await playground.quiet() == "nothing to do: parse, optimize, write, csim up to date\n")
        Self.show("nothing changed", Self.runs(outcome))
    }

    @Test func touchedWithTheSameContent() async throws {
        let playground = try await Playground(built: true)
        for file in ["model.h5", "input.npy", "expected.npy", "hlsbuild.yml"] {
            try playground.overwrite(try playground.bytes(file), file)
        }
        let outcome = try await playground.buildRight()
        #expect(outcome.ran == [])
        Self.show("touch, same content", Self.runs(outcome))
    }

    @Test func intermediateEditedByHand() async throws {
        let playground = try await Playground(built: true)
        let files = ["build/parse/tensors.bin", "build/optimize/design.json", "build/write/firmware/layers/fc1.cpp"]
        for file in files { try playground.append("junk\n", to: file) }
        let outcome = try await playground.build()
        #expect(outcome.status == 0)
        #expect(outcome.ran == [])
        #expect(outcome.messages("warning").count == files.count)
        for file in files { #expect(try playground.bytes(file + ".edited").suffix(5) == Array("junk\n".utf8)) }
        try await playground.expectRight(besides: Set(files.map { $0.dropFirst("build/".count) + ".edited" }))
        Self.show("intermediate edited by hand", "restored, nothing run, the user's version kept beside it, a warning")
    }

    @Test func intermediateDeleted() async throws {
        let playground = try await Playground(built: true)
        try playground.remove("build/optimize", "build/write/firmware/defines.h")
        let outcome = try await playground.buildRight()
        #expect(outcome.ran == [])
        Self.show("intermediate deleted", "restored, nothing run")
    }

    @Test func finalOutputDeleted() async throws {
        let playground = try await Playground(built: true)
        try playground.remove("build/csim/report.json", "build/csim/jet_tagger_csim")
        let outcome = try await playground.buildRight()
        #expect(outcome.ran == [])
        Self.show("final output deleted", "restored, nothing run")
    }

    @Test func inputReplacedByAnOlderOne() async throws {
        let playground = try await Playground(built: true)
        try playground.changeWeight(bit: 19)
        playground.setTime(1_000_000_000, of: "model.h5")
        let outcome = try await playground.buildRight()
        #expect(outcome.compiled == [IncrementalTests.fc1])
        Self.show("input replaced, older mtime", Self.runs(outcome))
    }

    @Test func inputEditedWithTimeAndSizePreserved() async throws {
        let playground = try await Playground()
        playground.setTime(1_700_000_000, of: "model.h5")
        try await playground.buildRight()
        try playground.changeWeight(bit: 19)
        playground.setTime(1_700_000_000, of: "model.h5")
        let outcome = try await playground.buildRight()
        #expect(outcome.compiled == [IncrementalTests.fc1])
        // Through the short way out as well.
        #expect(try await playground.quiet().hasPrefix("nothing to do"))
        try playground.changeWeight(bit: 19)
        playground.setTime(1_700_000_000, of: "model.h5")
        let back = try await playground.run("csim")
        #expect(!back.output.hasPrefix("nothing to do"))
        try await playground.expectRight()
        Self.show("input edited, mtime and size preserved", Self.runs(outcome))
    }

    @Test func editsInQuickSuccession() async throws {
        let playground = try await Playground(built: true)
        var compiled: [Int] = []
        for bit in [16, 17, 18] {
            try playground.changeWeight(bit: bit)
            compiled.append(try await playground.buildRight().compiled.count)
        }
        #expect(compiled == [1, 1, 1])
        Self.show("3 edits in quick succession", "right each time, compiler runs \(compiled)")
    }

    @Test func commandLineChanged() async throws {
        let playground = try await Playground(built: true)
        playground.arguments = ["--set", "layers.fc1.precision.weight=fixed<11,2,RND,SAT>"]
        let outcome = try await playground.buildRight()
        #expect(outcome.compiled == [IncrementalTests.fc1])
        playground.arguments = []
        #expect(try await playground.buildRight().ran == [])
        Self.show("command line changed (--set, then without)", Self.runs(outcome) + ", then from the store")
    }

    @Test func stateLogCutToHalf() async throws {
        let playground = try await Playground(built: true)
        for file in try Files.list(playground.path(".hlsbuild")).map({ ".hlsbuild/" + $0 })
        where Files.linkStatus(playground.path(file))?.kind == .file {
            let whole = try playground.bytes(file)
            try playground.overwrite(Array(whole.prefix(whole.count / 2)), file)
            let outcome = try await playground.buildRight()
            #expect(outcome.ran == [], "\(file) cut to half")
        }
        Self.show("state log (each file of .hlsbuild) cut to half", "right, nothing run")
    }

    @Test func stateLogDeleted() async throws {
        let playground = try await Playground(built: true)
        for file in try Files.list(playground.path(".hlsbuild")) where !["store", "actions"].contains(file) {
            try playground.remove(".hlsbuild/" + file)
        }
        let outcome = try await playground.buildRight()
        #expect(outcome.ran == [], "the records of the actions suffice")
        try playground.remove(".hlsbuild")
        let anew = try await playground.buildRight()
        #expect(anew.compiled.count == IncrementalTests.all.count)
        Self.show("state log deleted", "right, nothing run; the whole of .hlsbuild deleted: all built anew")
    }

    @Test func storeDamaged() async throws {
        let playground = try await Playground(built: true)
        let store = playground.path(".hlsbuild/store")
        for folder in try Files.list(store) {
            for name in try Files.list(store + "/" + folder) {
                let file = "\(store)/\(folder)/\(name)"
                chmod(file, 0o644)
                try playground.overwrite(try Files.read(file) + [0], file)
            }
        }
        try playground.remove("build")
        let outcome = try await playground.buildRight()
        #expect(outcome.compiled.count == IncrementalTests.all.count)
        #expect(!outcome.messages("warning").isEmpty)
        Self.show("(ours) every content of the store damaged", Self.runs(outcome) + ", with warnings")
    }

    @Test func targetOfASymlinkChanged() async throws {
        let playground = try await Playground()
        guard rename(playground.path("model.h5"), playground.path("real.h5")) == 0,
            symlink("real.h5", playground.path("model.h5")) == 0
        else { throw TestFailure("cannot make a link") }
        try await playground.buildRight()
        try playground.changeWeight(bit: 19)
        let outcome = try await playground.buildRight()
        #expect(outcome.compiled == [IncrementalTests.fc1])
        Self.show("symlink target changed", Self.runs(outcome))
    }

    @Test func inputFromTheFuture() async throws {
        let playground = try await Playground()
        for file in ["model.h5", "hlsbuild.yml", "input.npy"] {
            playground.setTime(Int(Files.now() / 1_000_000_000) + 3600, of: file)
        }
        try await playground.buildRight()
        let outcome = try await playground.buildRight()
        #expect(outcome.ran == [])
        Self.show("input mtime in the future", "right, then nothing run")
    }

    @Test func environmentVariableChanged() async throws {
        let playground = try await Playground(built: true)
        // Variables by which g++ would find other headers or programs: they must change nothing.
        let evil = playground.base + "/evil"
        try Files.makeDirectories(evil)
        for header in ["cstdint", "fstream", "vector", "ap_fixed.h"] {
            try playground.write("#error this header must not be found\n", to: evil + "/" + header)
        }
        for name in ["CPATH", "CPLUS_INCLUDE_PATH", "GCC_EXEC_PREFIX", "COMPILER_PATH", "LIBRARY_PATH"] {
            playground.environment[name] = evil
        }
        #expect(try await playground.build().ran == [])
        let forced = try await playground.build("csim", "-B", "csim")
        #expect(forced.status == 0, "\(forced.errors)")
        #expect(forced.compiled.count == IncrementalTests.all.count)
        try await playground.expectRight()
        // A variable that has a meaning is noticed.
        try await playground.useOwnTemplates()
        try playground.editTemplate("hls/nnet_utils/nnet_softmax.h", appending: "// other templates\n")
        let outcome = try await playground.buildRight()
        #expect(outcome.stagesRun == ["write", "csim"])
        Self.show(
            "environment variable changed",
            "the compiler's (CPATH, ...) have no effect; HLSBUILD_TEMPLATES: "
                + Self.runs(outcome))
    }

    /// By a path from the root, by one that climbs there from wherever the compiler looks (it resolves `..` from its own
    /// folders too), and by a macro, which only the compiler sees through.
    @Test(arguments: [
        "#include \"{}\"", "#include <{}>", "  #  include \"../../../../../../../../..{}\"",
        "#define FOREIGN \"{}\"\n#include FOREIGN",
    ]) func undeclaredInput(_ form: String) async throws {
        let playground = try await Playground(built: true)
        try await playground.useOwnTemplates()
        let foreign = playground.base + "/foreign.h"
        try playground.write("// not a part of the project\n", to: foreign)
        let include = form.replacing("{}", with: foreign) + "\n"
        try playground.editTemplate("hls/nnet_utils/nnet_softmax.h", appending: include)
        let outcome = try await playground.build()
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("foreign.h', which is not a part of the written project"), "\(outcome.errors)")
        let kind = form.replacing("{}", with: "/...").replacing("\n", with: " ")
        Self.show("undeclared input, \(kind)", "refused, naming the file")
    }

    @Test func undeclaredFileBesideTheProject() async throws {
        let playground = try await Playground(built: true)
        try await playground.useOwnTemplates()
        try playground.write("// lies beside the project file\n", to: "extra.h")
        try playground.editTemplate("hls/nnet_utils/nnet_softmax.h", appending: "#include \"extra.h\"\n")
        let outcome = try await playground.build()
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("extra.h: No such file"))
        Self.show("undeclared input in the project's folder", "refused: not there for the compiler")
    }
}
