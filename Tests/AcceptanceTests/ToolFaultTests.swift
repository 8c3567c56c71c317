import Basics
import Glibc
import Testing
import TestSupport

/// Tools that misbehave, and builds that are killed while one runs.
@Suite struct ToolFaultTests {
    private func killed(_ mode: FakeCompiler.Mode, _ playground: Playground, _ compiler: FakeCompiler) async throws
        -> Outcome
    {
        try compiler.set(mode)
        let program = try await playground.start(["csim"])
        try await compiler.waitUntilHanging(program)
        program.killGroup()
        let outcome = Outcome(try await program.wait())
        #expect(outcome.ended.signal == SIGKILL)
        // What the compiler was at stays behind, running, as after a real kill; it must not harm the next build.
        try compiler.set(.good)
        return outcome
    }

    @Test func killedInMidWriteOfTheFirstBuild() async throws {
        let playground = try await Playground()
        let compiler = try FakeCompiler(in: playground)
        let before = try await killed(.hang, playground, compiler)
        let outcome = try await playground.buildRight()
        #expect(Set(before.finished).isDisjoint(with: outcome.ran))
        try compiler.endHanging()
        FaultTests.show("kill -9 mid-write, first build", FaultTests.runs(outcome) + ", no finished step again")
    }

    @Test func killedInMidWriteOfARebuild() async throws {
        let playground = try await Playground()
        let compiler = try FakeCompiler(in: playground)
        try await playground.buildRight()
        try playground.replace("weight: fixed<12,2", "weight: fixed<11,2")
        let before = try await killed(.hang, playground, compiler)
        let outcome = try await playground.buildRight()
        #expect(Set(before.finished).isDisjoint(with: outcome.ran))
        #expect(outcome.compiled == [IncrementalTests.fc1])
        try compiler.endHanging()
        FaultTests.show("kill -9 mid-write, rebuild", FaultTests.runs(outcome) + ", no finished step again")
    }

    @Test func toolOutlivesItsBuild() async throws {
        let playground = try await Playground()
        let compiler = try FakeCompiler(in: playground)
        let before = try await killed(.litter, playground, compiler)
        defer { try? compiler.endHanging() }
        let outcome = try await playground.buildRight()
        #expect(Set(before.finished).isDisjoint(with: outcome.ran))
        FaultTests.show(
            "(ours) a tool outlives its killed build and goes on writing",
            FaultTests.runs(outcome) + ", no finished step again")
    }

    @Test func killedWhileLinking() async throws {
        let playground = try await Playground()
        let compiler = try FakeCompiler(in: playground)
        let before = try await killed(.hangInLink, playground, compiler)
        #expect(before.compiled.count == IncrementalTests.all.count)
        let outcome = try await playground.buildRight()
        #expect(outcome.compiled == [], "the objects were kept")
        #expect(outcome.ran.contains("csim/link"))
        try compiler.endHanging()
        FaultTests.show("kill -9 in the 2nd stage, 1st done", FaultTests.runs(outcome) + ", all objects kept")
    }

    /// A fault of the tool: the build fails and says so, and the next with a good tool is right.
    private func failing(_ mode: FakeCompiler.Mode, says text: String, rebuild: Bool) async throws -> String {
        let playground = try await Playground()
        let compiler = try FakeCompiler(in: playground)
        if rebuild {
            try await playground.buildRight()
            try playground.replace("weight: fixed<12,2", "weight: fixed<11,2")
        }
        try compiler.set(mode)
        let failed = try await playground.build()
        #expect(failed.status == 1)
        #expect(failed.outcome(of: "csim") == "failed")
        #expect(failed.errors.contains(text), "\(failed.errors)")
        try compiler.set(.good)
        let outcome = try await playground.buildRight()
        #expect(outcome.compiled.contains(IncrementalTests.fc1))
        return "refused (exit 1: \(text)), then " + FaultTests.runs(outcome)
    }

    @Test func toolWritesNothing() async throws {
        let result = try await failing(.nothing, says: "did not write 'firmware_layers_fc1.o'", rebuild: false)
        FaultTests.show("tool exits 0, writes nothing", result)
    }

    @Test func toolWritesAnEmptyFile() async throws {
        let result = try await failing(.empty, says: "wrote an empty 'firmware_layers_fc1.o'", rebuild: false)
        FaultTests.show("(ours) tool exits 0, writes an empty file", result)
    }

    @Test func toolCutsWhatItWrites() async throws {
        let result = try await failing(.cut, says: "left a broken 'firmware_layers_fc1.o'", rebuild: false)
        FaultTests.show("(ours) tool exits 0, leaves a cut object", result)
    }

    @Test func toolFailsAfterHalfAWrite() async throws {
        let result = try await failing(.partial, says: "out of patience", rebuild: true)
        FaultTests.show("tool fails after half a write", result)
    }

    @Test func toolIsKilled() async throws {
        let result = try await failing(.kill, says: "signal 9", rebuild: true)
        FaultTests.show("(ours) tool killed by a signal", result)
    }

    @Test func toolReplaced() async throws {
        let playground = try await Playground()
        _ = try FakeCompiler(in: playground)
        try await playground.buildRight()
        // Another optimisation: other objects from the same command line.
        try playground.replace("exec g++ \"$@\"", "exec g++ \"$@\" -O0", in: "cxx", last: true)
        let outcome = try await playground.buildRight()
        #expect(outcome.compiled.count == IncrementalTests.all.count)
        FaultTests.show("tool replaced, undeclared", FaultTests.runs(outcome))
    }
}
