import Basics
import BuildEngine
import Glibc
import Testing
import TestSupport

/// Kills and interrupts a real program that builds with real tools.
@Suite(.serialized) struct KillTests {
    let folder: Scratch
    let probe: Probe

    init() throws {
        folder = try Scratch()
        probe = try Probe()
    }

    private func start(pause: String) async throws -> RunningProgram {
        try await probe.start(in: folder, pause: pause)
    }

    private func expected(_ lines: [String]) -> String {
        "start\n" + lines.enumerated().map { "\($0): \($1)\n" }.joined()
    }

    private func checkOutputs(_ lines: [String]) throws {
        for name in ["a", "b", "c"] { #expect(folder.text("build/copy/" + name) == expected(lines)) }
        #expect(try Files.list(folder.path + "/build/copy") == ["a", "b", "c"])
        #expect(try Files.list(folder.path + "/build/number") == ["lines"])
    }

    @Test func killedAtRandomInstants() async throws {
        var random = SystemRandomNumberGenerator()
        for round in 0..<30 {
            try folder.write("source.txt", "round \(round % 7)\nx\n")
            let program = try await start(pause: "0.01")
            try await Task.sleep(for: .milliseconds(Int.random(in: 0..<150, using: &random)))
            program.send(SIGKILL)
            _ = try await program.wait()
            if round % 5 == 4 {
                #expect(try await start(pause: "0.01").wait().status == 0, "\(folder.text("out"))")
                try checkOutputs(["round \(round % 7)", "x"])
            }
        }
    }

    @Test func finishedStepsAreKeptByAKill() async throws {
        try folder.write("source.txt", "x\n")
        let program = try await start(pause: "0.3")
        let second = folder.path + "/.hlsbuild/logs/copy/b.log"
        try await waitUntil { Files.status(second) != nil }
        program.send(SIGKILL)
        _ = try await program.wait()
        let before = try #require(Files.status(folder.path + "/.hlsbuild/logs/copy/a.log"))
        #expect(try await start(pause: "0.3").wait().status == 0)
        #expect(Files.status(folder.path + "/.hlsbuild/logs/copy/a.log") == before, "step a was not run again")
        try checkOutputs(["x"])
    }

    @Test(arguments: [SIGINT, SIGTERM]) func interruptionEndsTheToolsAndContinues(_ signal: Int32) async throws {
        try folder.write("source.txt", "x\n")
        let program = try await start(pause: "1000")
        let note = folder.path + "/.hlsbuild/logs/copy/a.log.running"
        try await waitUntil { Files.status(note)?.size ?? 0 > 0 }
        let leader = try #require(Int32(try Files.text(note).split(separator: " ").first ?? ""))
        program.send(signal)
        #expect(try await program.wait().status == 130)
        try await waitUntil { !Probe.isAlive(group: leader) }
        #expect(try await start(pause: "0").wait().status == 0)
        try checkOutputs(["x"])
    }

    /// A step of the process itself looks at no cancellation; whoever asks for the third time is heard.
    @Test func theThirdInterruptionEndsTheProcess() async throws {
        try folder.write("source.txt", "")
        let program = try await start(pause: "0")
        try await waitUntil { folder.text("out").contains("for ever") }
        // Signals that follow each other while the process has no turn are one to it: as many as it takes.
        var sent = 0
        while program.isRunning, sent < 1000 {
            program.send(SIGTERM)
            sent += 1
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(sent >= 3)
        #expect(try await program.wait().status != 130)
        try folder.write("source.txt", "x\n")
        #expect(try await start(pause: "0").wait().status == 0)
        try checkOutputs(["x"])
    }

    /// A synthesis whose master was killed would hold its licence for hours.
    @Test func aKillLeavesNoToolRunning() async throws {
        try folder.write("source.txt", "x\n")
        let program = try await start(pause: "1000")
        let note = folder.path + "/.hlsbuild/logs/copy/a.log.running"
        try await waitUntil { Files.status(note)?.size ?? 0 > 0 }
        let leader = try #require(Int32(try Files.text(note).split(separator: " ").first ?? ""))
        #expect(Probe.isAlive(group: leader))
        program.send(SIGKILL)
        _ = try await program.wait()
        try await waitUntil { !Probe.isAlive(group: leader) }
    }

    @Test func twoProgramsAtOnce() async throws {
        try folder.write("source.txt", "x\ny\n")
        var programs: [RunningProgram] = []
        for _ in 0..<3 { programs.append(try await start(pause: "0.05")) }
        for program in programs { #expect(try await program.wait().status == 0) }
        try checkOutputs(["x", "y"])
    }
}
