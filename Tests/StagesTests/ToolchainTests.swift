import Basics
import BuildEngine
import TestSupport
import Testing

@testable import Steps

/// What the C++ compiler is asked.
@Suite struct ToolchainTests {
    /// A compiler that does not know one flag, as clang++ does not, and counts how often it is called.
    private static let script = """
        #!/bin/sh
        echo called >> "$(dirname "$0")/calls"
        case " $* " in *" -fno-gnu-unique "*) echo "error: unknown argument: '-fno-gnu-unique'" >&2; exit 1;; esac
        echo '# 0 "/dev/null"'

        """

    @Test func unknownFlagsAreFoundOnce() async throws {
        let scratch = try Scratch()
        try scratch.write("clang++", Self.script, mode: 0o755)
        // What is kept is kept where results are.
        try scratch.makeDirectories(".hlsbuild")
        let compiler = ToolIdentity(
            name: "clang++", path: scratch.path + "/clang++", version: "1", digest: .init(of: Self.script))
        let world = World(folder: scratch.path)
        #expect(try await Toolchain.unknown(CompileStep.flags, to: compiler, world) == ["-fno-gnu-unique"])
        let calls = scratch.text("calls")
        #expect(!calls.isEmpty)
        #expect(try await Toolchain.unknown(CompileStep.flags, to: compiler, world) == ["-fno-gnu-unique"])
        #expect(scratch.text("calls") == calls)
        let plan = try CompileStep.plan(
            .init(compiler: compiler, source: "firmware/p.cpp", includeFolders: [], unknownFlags: ["-fno-gnu-unique"]),
            StepInputs(files: [:]))
        #expect(!plan.arguments.contains("-fno-gnu-unique") && plan.arguments.contains("-frandom-seed=firmware/p.cpp"))
    }

    /// The compiler of this machine takes them all.
    @Test func theUsualCompilerKnowsAll() async throws {
        let gcc = try #require(Repository.installed("g++"))
        let compiler = ToolIdentity(name: "g++", path: gcc, version: "", digest: .init(of: gcc))
        let world = World(folder: try Scratch().path)
        #expect(try await Toolchain.unknown(CompileStep.flags, to: compiler, world) == [])
        #expect(try await Toolchain.unknown(["-fno-such-flag-as-this"], to: compiler, world) != [])
    }
}
