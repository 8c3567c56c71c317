import Basics
import Glibc
import Testing
import TestSupport

/// Several builds of one project, and builds that are interrupted.
@Suite struct ConcurrencyTests {
    @Test(arguments: [2, 8]) func severalBuildsAtOnce(_ count: Int) async throws {
        let playground = try await Playground()
        var programs: [RunningProgram] = []
        for _ in 0..<count { programs.append(try await playground.start(["csim"])) }
        var outcomes: [Outcome] = []
        for program in programs { outcomes.append(Outcome(try await program.wait())) }
        #expect(outcomes.allSatisfy { $0.status == 0 })
        let ran = outcomes.flatMap(\.ran)
        #expect(ran.count == Set(ran).count, "every step ran once in all builds together")
        try await playground.expectRight()
        let waited = outcomes.filter { outcome in outcome.events.contains { $0.event == "waiting" } }.count
        FaultTests.show(
            "\(count) builds at once", "right, \(ran.count) steps in all builds together, \(waited) said they waited")
    }

    @Test func oneOfTwoIsKilled() async throws {
        let playground = try await Playground()
        let compiler = try FakeCompiler(in: playground)
        try compiler.set(.hang)
        let first = try await playground.start(["csim"])
        try await compiler.waitUntilHanging(first)
        try compiler.set(.good)
        let second = try await playground.start(["csim"])
        while !second.output.contains("\"waiting\"") {
            try #require(second.isRunning)
            try await Task.sleep(for: .milliseconds(2))
        }
        first.killGroup()
        let killed = Outcome(try await first.wait())
        let outcome = Outcome(try await second.wait())
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(Set(killed.finished).isDisjoint(with: outcome.ran))
        try await playground.expectRight()
        try compiler.endHanging()
        FaultTests.show("(ours) the first of two builds killed", "the second goes on, repeats no finished step, right")
    }

    @Test(arguments: [SIGINT, SIGTERM]) func interruptedInACompile(_ signal: Int32) async throws {
        let playground = try await Playground()
        let compiler = try FakeCompiler(in: playground)
        try compiler.set(.hang)
        let program = try await playground.start(["csim"])
        try await compiler.waitUntilHanging(program)
        let child = try #require(try compiler.hangingProcess())
        #expect(kill(child, 0) == 0)
        program.send(signal)
        let interrupted = Outcome(try await program.wait())
        #expect(interrupted.status == 130)
        #expect(kill(child, 0) != 0, "the compiler is still alive")
        #expect(try await Self.lastProcesses(in: playground.folder) == [])
        try compiler.set(.good)
        let outcome = try await playground.buildRight()
        #expect(Set(interrupted.finished).isDisjoint(with: outcome.ran))
        FaultTests.show(
            "(ours) signal \(signal) during a compile",
            "exit 130, no child alive; next build right, no finished step again")
    }

    @Test func interruptedWhileWaiting() async throws {
        let playground = try await Playground()
        let compiler = try FakeCompiler(in: playground)
        try compiler.set(.pause)
        let first = try await playground.start(["csim"])
        try await compiler.waitUntilHanging(first)
        // As soon as it says that it waits: no instant is too early.
        for _ in 0..<5 {
            let second = try await playground.start(["csim"])
            while !second.output.contains("\"waiting\"") {
                try #require(second.isRunning)
                try await Task.sleep(for: .microseconds(200))
            }
            second.send(SIGINT)
            #expect(try await second.wait().status == 130)
        }
        try compiler.set(.good)
        #expect(try await first.wait().status == 0)
        try await playground.expectRight()
    }

    /// The processes that are left in the folder when those that were killed have had the time to go: the system takes
    /// a moment over a compiler's memory, on a busy machine a long one.
    private static func lastProcesses(in folder: String) async throws -> [String] {
        for _ in 0..<1000 {
            if processes(in: folder).isEmpty { return [] }
            try await Task.sleep(for: .milliseconds(10))
        }
        return processes(in: folder)
    }

    /// Processes that work in the folder or below it.
    private static func processes(in folder: String) -> [String] {
        ((try? Files.list("/proc")) ?? []).filter { name in
            guard Int32(name) != nil else { return false }
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = readlink("/proc/\(name)/cwd", &buffer, buffer.count)
            guard count > 0 else { return false }
            let place = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return place == folder || place.hasPrefix(folder + "/")
        }
    }
}
