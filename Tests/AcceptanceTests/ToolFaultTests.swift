import Basics
import Glibc
import Testing

/// Tools that misbehave, and builds that are killed while one runs.
@Suite struct ToolFaultTests {
    private func killed(_ mode: FakeCompiler.Mode, _ playground: Playground, _ compiler: FakeCompiler) throws -> Outcome
    {
        try compiler.set(mode)
        let program = try playground.start(["csim"])
        try compiler.waitUntilHanging(program)
        program.killGroup()
        let outcome = Outcome(try program.wait())
        #expect(outcome.ended.signal == SIGKILL)
        // What the compiler was at stays behind, running, as after a real kill; it must not harm the next build.
        try compiler.set(.good)
        return outcome
    }

    @Test func killedInMidWriteOfTheFirstBuild() throws {
        let playground = try Playground()
        let compiler = try FakeCompiler(in: playground)
        let before = try killed(.hang, playground, compiler)
        let outcome = try playground.buildRight()
        #expect(Set(before.finished).isDisjoint(with: outcome.ran))
        try compiler.endHanging()
        FaultTests.show("kill -9 mid-write, first build", FaultTests.runs(outcome) + ", no finished step again")
    }

    @Test func killedInMidWriteOfARebuild() throws {
        let playground = try Playground()
        let compiler = try FakeCompiler(in: playground)
        try playground.buildRight()
        try playground.replace("weight: fixed<12,2", "weight: fixed<11,2")
        let before = try killed(.hang, playground, compiler)
        let outcome = try playground.buildRight()
        #expect(Set(before.finished).isDisjoint(with: outcome.ran))
        #expect(outcome.compiled == [IncrementalTests.fc1])
        try compiler.endHanging()
        FaultTests.show("kill -9 mid-write, rebuild", FaultTests.runs(outcome) + ", no finished step again")
    }

    @Test func toolOutlivesItsBuild() throws {
        let playground = try Playground()
        let compiler = try FakeCompiler(in: playground)
        let before = try killed(.litter, playground, compiler)
        defer { try? compiler.endHanging() }
        let outcome = try playground.buildRight()
        #expect(Set(before.finished).isDisjoint(with: outcome.ran))
        FaultTests.show(
            "(ours) a tool outlives its killed build and goes on writing",
            FaultTests.runs(outcome) + ", no finished step again")
    }

    @Test func killedWhileLinking() throws {
        let playground = try Playground()
        let compiler = try FakeCompiler(in: playground)
        let before = try killed(.hangInLink, playground, compiler)
        #expect(before.compiled.count == IncrementalTests.all.count)
        let outcome = try playground.buildRight()
        #expect(outcome.compiled == [], "the objects were kept")
        #expect(outcome.ran.contains("csim/link"))
        try compiler.endHanging()
        FaultTests.show("kill -9 in the 2nd stage, 1st done", FaultTests.runs(outcome) + ", all objects kept")
    }

    /// A fault of the tool: the build fails and says so, and the next with a good tool is right.
    private func failing(_ mode: FakeCompiler.Mode, says text: String, rebuild: Bool) throws -> String {
        let playground = try Playground()
        let compiler = try FakeCompiler(in: playground)
        if rebuild {
            try playground.buildRight()
            try playground.replace("weight: fixed<12,2", "weight: fixed<11,2")
        }
        try compiler.set(mode)
        let failed = try playground.build()
        #expect(failed.status == 1)
        #expect(failed.outcome(of: "csim") == "failed")
        #expect(failed.errors.contains(text), "\(failed.errors)")
        try compiler.set(.good)
        let outcome = try playground.buildRight()
        #expect(outcome.compiled.contains(IncrementalTests.fc1))
        return "refused (exit 1: \(text)), then " + FaultTests.runs(outcome)
    }

    @Test func toolWritesNothing() throws {
        let result = try failing(.nothing, says: "did not write `firmware_layers_fc1.o`", rebuild: false)
        FaultTests.show("tool exits 0, writes nothing", result)
    }

    @Test func toolWritesAnEmptyFile() throws {
        let result = try failing(.empty, says: "wrote an empty `firmware_layers_fc1.o`", rebuild: false)
        FaultTests.show("(ours) tool exits 0, writes an empty file", result)
    }

    @Test func toolFailsAfterHalfAWrite() throws {
        let result = try failing(.partial, says: "out of patience", rebuild: true)
        FaultTests.show("tool fails after half a write", result)
    }

    @Test func toolIsKilled() throws {
        let result = try failing(.kill, says: "signal 9", rebuild: true)
        FaultTests.show("(ours) tool killed by a signal", result)
    }

    @Test func toolReplaced() throws {
        let playground = try Playground()
        _ = try FakeCompiler(in: playground)
        try playground.buildRight()
        // Another optimisation: other objects from the same command line.
        try playground.replace("exec g++ \"$@\"", "exec g++ \"$@\" -O0", in: "cxx", last: true)
        let outcome = try playground.buildRight()
        #expect(outcome.compiled.count == IncrementalTests.all.count)
        FaultTests.show("tool replaced, undeclared", FaultTests.runs(outcome))
    }
}
