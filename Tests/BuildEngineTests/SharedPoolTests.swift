import Basics
import Glibc
import Testing
import TestSupport

@testable import BuildEngine

/// What processes share, looked at from within one: every attempt opens its files anew, as another process would.
@Suite struct SharedPoolTests {
    private let project: TestProject
    private let folder: String

    init() throws {
        project = try TestProject()
        folder = project.folder + "/pool"
    }

    private func attempt(_ claims: [CommandPlan.Claim], _ holder: String = "somebody") throws -> SharedPool.Answer {
        try SharedPool.open(folder, isOwn: true).attempt(claims, holder: holder)
    }

    private func taken(_ claims: [CommandPlan.Claim], _ holder: String = "somebody") throws -> HeldSeats {
        guard case .granted(let seats) = try attempt(claims, holder) else { throw Refused() }
        return seats
    }

    private func holders(_ claims: [CommandPlan.Claim]) throws -> [String] {
        guard case .taken(let holders) = try attempt(claims) else { throw Refused() }
        return holders
    }

    private struct Refused: Error {}

    @Test func noMoreThanThereIs() throws {
        let claim = [CommandPlan.Claim("seat", units: 2, of: 5)]
        let first = try taken(claim, "first"), second = try taken(claim, "second")
        #expect(try holders(claim) == ["first", "second"])
        #expect(try holders([.init("seat", of: 4)]) == ["first", "second"], "whatever others say there is")
        let last = try taken([.init("seat", of: 5)], "third")
        first.release()
        let again = try taken(claim, "fourth")
        #expect(try holders(claim) == ["fourth", "second", "third"])
        for seats in [second, last, again] { seats.release() }
        #expect(try Files.list(folder) == ["gate", "seat-0", "seat-1", "seat-2"])
    }

    /// More than there is at all is granted to one alone.
    @Test func moreThanThereIs() throws {
        let huge = [CommandPlan.Claim("memory", units: .max, of: 5)]
        let seats = try taken(huge)
        #expect(try holders(huge).count == 1)
        #expect(try holders([.init("memory", of: 5)]).count == 1)
        seats.release()
        #expect(throws: Never.self) { try taken(huge).release() }
    }

    /// Who cannot have one thing holds no other meanwhile.
    @Test func allOrNothing() throws {
        let seat = try taken([.init("seat", of: 1)], "first")
        #expect(try holders([.init("memory", units: 3, of: 4), .init("seat", of: 1)]) == ["first"])
        let memory = try taken([.init("memory", units: 4, of: 4)], "second")
        #expect(try holders([.init("memory", units: 3, of: 4), .init("seat", of: 1)]) == ["first", "second"])
        seat.release()
        memory.release()
    }

    /// A tool that has outlived the process which took its seat.
    @Test func orphansKeepTheirSeats() async throws {
        // Its parent becomes a program that never asks how it ended. Through the pipe it says its number, and then
        // nothing until it ends.
        let pipe = folder + ".pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let idle = "exec /usr/bin/tail -f /dev/null"
        let parent = try await Command.shell("/bin/sh -c 'echo $$; \(idle)' >'\(pipe)' & \(idle)").start()
        defer { parent.killGroup() }
        let file = await BlockingThread.run { open(pipe, O_RDONLY | O_CLOEXEC) }
        defer { close(file) }
        let line = await BlockingThread.run { Self.read(file) }
        let orphan = try #require(pid_t(line.dropLast()))
        let mark = try #require(ProcessMark(orphan))
        _ = try SharedPool.open(folder, isOwn: true)
        try Files.write(Array("1\nprocess 1 in /net\n\(mark.text)\n".utf8), to: folder + "/seat-0")
        #expect(try holders([.init("seat", of: 1)]) == ["process \(orphan), which outlived process 1 in /net"])
        // Another process of the same number is none.
        try Files.write(Array("1\nprocess 1\n\(orphan) 1\n".utf8), to: folder + "/seat-0")
        try taken([.init("seat", of: 1)]).release()
        try Files.write(Array("1\nprocess 1\n\(mark.text)\n".utf8), to: folder + "/seat-0")
        kill(orphan, SIGKILL)
        // Ended, and not yet asked how: it holds nothing any more. Files are closed an instant before a process is over.
        #expect(await BlockingThread.run { Self.read(file) } == "")
        while ProcessMark(orphan) != nil { await Task.yield() }
        try #require(kill(orphan, 0) == 0, "it is gone, or the test shows nothing")
        try taken([.init("seat", of: 1)]).release()
    }

    /// The next text that comes through a pipe; nothing if nobody writes to it any more.
    private static func read(_ file: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = Glibc.read(file, &buffer, buffer.count)
        return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    }

    @Test(arguments: ["", "x", "-5\n", "99999999999999999999\nme\n", "1\nme\nno mark", "1\nme\n1 2 3\n", "\u{0}\n\n\n"])
    func whateverTheFilesSay(_ text: String) throws {
        _ = try SharedPool.open(folder, isOwn: true)
        for name in ["seat-0", "seat-", "seat-x", "seat--1", "seat-99999999999999999999", "other"] {
            try Files.write(Array(text.utf8), to: folder + "/" + name)
        }
        let seats = try taken([.init("seat", of: 1)])
        #expect(try holders([.init("seat", of: 1)]).count == 1)
        seats.release()
    }

    /// Somebody else's folder, or a link to one, is not trusted; the build goes on without.
    @Test func foldersOfOthers() async throws {
        try Files.makeDirectories(folder)
        chmod(folder, 0o777)
        #expect(throws: FileError.self) { try SharedPool.open(folder, isOwn: true) }
        #expect(throws: Never.self) { try SharedPool.open(folder, isOwn: false) }
        chmod(folder, 0o700)
        symlink(folder, folder + "-link")
        #expect(throws: FileError.self) { try SharedPool.open(folder + "-link", isOwn: true) }
        #expect(throws: FileError.self) { try SharedPool.open(folder + "/no/such", isOwn: false) }
    }
}
