import Basics
import BuildEngine
import Glibc
import Testing

@testable import ToolRunner

/// Seats that real processes share: two builds in two folders, one pool.
@Suite(.serialized) struct SeatTests {
    let one: TestFolder, two: TestFolder, pool: TestFolder
    let probe: Probe

    init() throws {
        (one, two, pool) = (try TestFolder(), try TestFolder(), try TestFolder())
        probe = try Probe()
        for folder in [one, two] { try folder.write("source.txt", "x\n") }
    }

    private func start(in folder: TestFolder, pause: String, seats: Int = 1, patience: String = "0") throws -> pid_t {
        try probe.start(in: folder, pause: pause, [pool.path, "\(seats)", patience])
    }

    /// The most commands that ran at once.
    private var peak: Int {
        var running = 0, most = 0
        for mark in (pool.text("trace") ?? "").split(separator: "\n") {
            running += mark == "+" ? 1 : -1
            most = max(most, running)
        }
        return most
    }

    /// The group of the command that runs in a folder now.
    private func leader(in folder: TestFolder) async throws -> Int32 {
        let note = folder.path + "/.hlsbuild/logs/copy/a.log.running"
        try await waitUntil { Files.status(note)?.size ?? 0 > 0 }
        return try #require(Int32(try Files.text(note).split(separator: " ").first ?? ""))
    }

    private func waits(_ folder: TestFolder) async throws {
        try await waitUntil { folder.text("out")?.contains("waiting for a seat: process ") == true }
    }

    @Test(arguments: [1, 2]) func noMoreAtOnceThanSeats(_ seats: Int) async throws {
        let processes = try [one, two].map { try start(in: $0, pause: "0.1", seats: seats) }
        for process in processes { #expect(try await probe.wait(process) == 0) }
        #expect((pool.text("trace") ?? "").split(separator: "\n").count == 12)
        #expect(peak <= seats)
    }

    @Test func whoWaitsSaysForWhomAndGoesOnWhenTheOtherEnds() async throws {
        let first = try start(in: one, pause: "1000")
        let group = try await leader(in: one)
        let second = try start(in: two, pause: "0")
        try await waits(two)
        #expect(two.text("out")?.contains("process \(first) in \(one.path) has it") == true)
        kill(first, SIGINT)
        #expect(try await probe.wait(first) >> 8 == 130)
        #expect(try await probe.wait(second) == 0)
        #expect(!Probe.isAlive(group: group))
    }

    @Test func whoWaitsCanBeInterrupted() async throws {
        let first = try start(in: one, pause: "1000")
        _ = try await leader(in: one)
        let second = try start(in: two, pause: "0")
        try await waits(two)
        kill(second, SIGINT)
        #expect(try await probe.wait(second) >> 8 == 130)
        #expect(pool.text("trace") == "+\n", "it ran nothing")
        kill(first, SIGINT)
        _ = try await probe.wait(first)
    }

    @Test func patienceEnds() async throws {
        let first = try start(in: one, pause: "1000")
        _ = try await leader(in: one)
        let second = try start(in: two, pause: "0", patience: "0.3")
        #expect(try await probe.wait(second) >> 8 == 1)
        #expect(two.text("out")?.contains("step a was not run: a seat did not come free") == true)
        kill(first, SIGINT)
        _ = try await probe.wait(first)
    }

    @Test func aCrashLeaksNothing() async throws {
        let first = try start(in: one, pause: "1000")
        let group = try await leader(in: one)
        kill(first, SIGKILL)
        _ = try await probe.wait(first)
        #expect(try await probe.wait(start(in: two, pause: "0")) == 0)
        #expect(!Probe.isAlive(group: group), "the watchdog ended it")
    }

    /// A killed build frees its seat, but not while what it started still works with the licence; which it only does
    /// where the watchdog was killed as well.
    @Test func anOrphanKeepsItsSeat() async throws {
        let first = try start(in: one, pause: "1000")
        let orphan = try await leader(in: one)
        try await waitUntil { pool.text("seat-0")?.split(separator: "\n").count == 3 }
        kill(try #require(Probe.watchdog(of: first)), SIGKILL)
        kill(first, SIGKILL)
        _ = try await probe.wait(first)
        let second = try start(in: two, pause: "0")
        try await waits(two)
        #expect(two.text("out")?.contains("process \(orphan), which outlived process \(first)") == true)
        kill(-orphan, SIGKILL)
        #expect(try await probe.wait(second) == 0)
    }

    /// The next build of the project ends what the killed one left, and so need not wait for it.
    @Test func theNextBuildEndsTheOrphan() async throws {
        let first = try start(in: one, pause: "1000")
        let orphan = try await leader(in: one)
        try await waitUntil { pool.text("seat-0")?.split(separator: "\n").count == 3 }
        kill(try #require(Probe.watchdog(of: first)), SIGKILL)
        kill(first, SIGKILL)
        _ = try await probe.wait(first)
        #expect(Probe.isAlive(group: orphan), "or the test shows nothing")
        #expect(try await probe.wait(start(in: one, pause: "0")) == 0)
        #expect(!Probe.isAlive(group: orphan))
    }
}
