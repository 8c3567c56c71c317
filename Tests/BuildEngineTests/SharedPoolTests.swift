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
        // Its parent becomes a program that never asks how it ended.
        let parent = try await Command.shell("/bin/sleep 1000 & echo $!; exec /bin/sleep 1000").start()
        defer { parent.killGroup() }
        while !parent.output.hasSuffix("\n") {
            try #require(parent.isRunning)
            try await Task.sleep(for: .milliseconds(1))
        }
        let orphan = try #require(pid_t(parent.output.dropLast()))
        let mark = try #require(ProcessMark(orphan))
        _ = try SharedPool.open(folder, isOwn: true)
        try Files.write(Array("1\nprocess 1 in /net\n\(mark.text)\n".utf8), to: folder + "/seat-0")
        #expect(try holders([.init("seat", of: 1)]) == ["process \(orphan), which outlived process 1 in /net"])
        // Another process of the same number is none.
        try Files.write(Array("1\nprocess 1\n\(orphan) 1\n".utf8), to: folder + "/seat-0")
        try taken([.init("seat", of: 1)]).release()
        try Files.write(Array("1\nprocess 1\n\(mark.text)\n".utf8), to: folder + "/seat-0")
        kill(orphan, SIGKILL)
        // Ended, and not yet asked how: it holds nothing any more.
        while ProcessMark(orphan) != nil { try await Task.sleep(for: .milliseconds(1)) }
        try #require(kill(orphan, 0) == 0, "it is gone, or the test shows nothing")
        try taken([.init("seat", of: 1)]).release()
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
