import Basics
import BuildEngine
import Glibc
import Testing
import TestSupport

@testable import ToolRunner

/// Seats that real processes share: two builds in two folders, one pool.
@Suite(.serialized) struct SeatTests {
    let one: Scratch, two: Scratch, pool: Scratch
    let probe: Probe

    init() throws {
        (one, two, pool) = (try Scratch(), try Scratch(), try Scratch())
        probe = try Probe()
        for folder in [one, two] { try folder.write("source.txt", "x\n") }
    }

    private func start(in folder: Scratch, pause: String, seats: Int = 1, patience: String = "0") async throws
        -> RunningProgram
    {
        try await probe.start(in: folder, pause: pause, [pool.path, "\(seats)", patience])
    }

    /// The most commands that ran at once.
    private var peak: Int {
        var running = 0, most = 0
        for mark in pool.text("trace").split(separator: "\n") {
            running += mark == "+" ? 1 : -1
            most = max(most, running)
        }
        return most
    }

    /// The group of the command that runs in a folder now.
    private func leader(in folder: Scratch) async throws -> Int32 {
        let note = folder.path + "/.hlsbuild/logs/copy/a.log.running"
        try await waitUntil { Files.status(note)?.size ?? 0 > 0 }
        return try #require(Int32(try Files.text(note).split(separator: " ").first ?? ""))
    }

    private func waits(_ folder: Scratch) async throws {
        try await waitUntil { folder.text("out").contains("waiting for a seat: process ") }
    }

    @Test(arguments: [1, 2]) func noMoreAtOnceThanSeats(_ seats: Int) async throws {
        let first = try await start(in: one, pause: "0.1", seats: seats)
        let second = try await start(in: two, pause: "0.1", seats: seats)
        for program in [first, second] { #expect(try await program.wait().status == 0) }
        #expect(pool.text("trace").split(separator: "\n").count == 12)
        #expect(peak <= seats)
    }

    @Test func whoWaitsSaysForWhomAndGoesOnWhenTheOtherEnds() async throws {
        let first = try await start(in: one, pause: "1000")
        let group = try await leader(in: one)
        let second = try await start(in: two, pause: "0")
        try await waits(two)
        #expect(two.text("out").contains("process \(first.process) in \(one.path) has it"))
        first.send(SIGINT)
        #expect(try await first.wait().status == 130)
        #expect(try await second.wait().status == 0)
        #expect(!Probe.isAlive(group: group))
    }

    @Test func whoWaitsCanBeInterrupted() async throws {
        let first = try await start(in: one, pause: "1000")
        _ = try await leader(in: one)
        let second = try await start(in: two, pause: "0")
        try await waits(two)
        second.send(SIGINT)
        #expect(try await second.wait().status == 130)
        #expect(pool.text("trace") == "+\n", "it ran nothing")
        first.send(SIGINT)
        _ = try await first.wait()
    }

    @Test func patienceEnds() async throws {
        let first = try await start(in: one, pause: "1000")
        _ = try await leader(in: one)
        let second = try await start(in: two, pause: "0", patience: "0.3")
        #expect(try await second.wait().status == 1)
        #expect(two.text("out").contains("step a was not run: a seat did not come free"))
        first.send(SIGINT)
        _ = try await first.wait()
    }

    @Test func aCrashLeaksNothing() async throws {
        let first = try await start(in: one, pause: "1000")
        let group = try await leader(in: one)
        first.send(SIGKILL)
        _ = try await first.wait()
        #expect(try await start(in: two, pause: "0").wait().status == 0)
        #expect(!Probe.isAlive(group: group), "the watchdog ended it")
    }

    /// A killed build frees its seat, but not while what it started still works with the licence; which it only does
    /// where the watchdog was killed as well.
    @Test func anOrphanKeepsItsSeat() async throws {
        let first = try await start(in: one, pause: "1000")
        let orphan = try await leader(in: one)
        try await waitUntil { pool.text("seat-0").split(separator: "\n").count == 3 }
        // It calls itself so a moment after it was forked.
        try await waitUntil { Probe.watchdog(of: first.process) != nil }
        kill(try #require(Probe.watchdog(of: first.process)), SIGKILL)
        first.send(SIGKILL)
        _ = try await first.wait()
        let second = try await start(in: two, pause: "0")
        try await waits(two)
        #expect(two.text("out").contains("process \(orphan), which outlived process \(first.process)"))
        kill(-orphan, SIGKILL)
        #expect(try await second.wait().status == 0)
    }

    /// The next build of the project ends what the killed one left, and so need not wait for it.
    @Test func theNextBuildEndsTheOrphan() async throws {
        let first = try await start(in: one, pause: "1000")
        let orphan = try await leader(in: one)
        try await waitUntil { pool.text("seat-0").split(separator: "\n").count == 3 }
        // It calls itself so a moment after it was forked.
        try await waitUntil { Probe.watchdog(of: first.process) != nil }
        kill(try #require(Probe.watchdog(of: first.process)), SIGKILL)
        first.send(SIGKILL)
        _ = try await first.wait()
        #expect(Probe.isAlive(group: orphan), "or the test shows nothing")
        #expect(try await start(in: one, pause: "0").wait().status == 0)
        #expect(!Probe.isAlive(group: orphan))
    }
}
