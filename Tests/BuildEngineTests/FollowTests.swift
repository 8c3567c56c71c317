import Basics
import Glibc
import Testing
import TestSupport

@testable import BuildEngine

/// Logs read while they are written.
@Suite(.timeLimit(.minutes(2))) struct FollowTests {
    let project: TestProject
    let runner = FakeRunner()
    let seen = Seen()

    /// What a follower was handed, each beginning of a log as `[label]`.
    final class Seen: Sendable {
        private let kept = Watched("")
        var text: String { kept.value }

        func add(_ piece: LogPiece) {
            let text = (piece.isStart ? "[\(piece.label)]" : "") + String(decoding: piece.bytes, as: UTF8.self)
            kept.change { $0 += text }
        }

        func wait(for end: String) async throws { try await kept.wait { $0.hasSuffix(end) } }
    }

    init() throws {
        project = try TestProject()
        try project.write("source.txt", "one\n")
    }

    private func follow(_ stage: StageIdentity) -> Task<Void, any Error> {
        let builder = project.builder(runner)
        return Task { [seen] in try await builder.followLogs(of: stage) { seen.add($0) } }
    }

    private static func append(_ path: String, _ text: String) throws {
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard file >= 0 else { throw FileError.last("write", path) }
        defer { close(file) }
        try testDisk.write(Array(text.utf8), to: file, path)
    }

    @Test func withoutABuildItSaysWhatIsThere() async throws {
        try await follow("pack").value
        #expect(seen.text.isEmpty)
        #expect(try await project.build(runner: runner).ok)
        try await follow("pack").value
        #expect(seen.text == "[pack]running pack\n")
    }

    /// The follower begins while an earlier stage runs, and the tool waits until it has read each piece.
    @Test func aLogIsReadAsItGrows() async throws {
        #expect(try await project.build(runner: runner).ok)
        let isReady = Watched(false)
        runner.set("compile") { [runner, seen] request in
            isReady.change { $0 = true }
            try await seen.wait(for: "[pack]running pack\n")
            return try runner.concat(request)
        }
        runner.set("pack") { [runner, seen] request in
            try await seen.wait(for: "[pack]running pack\n[pack]running pack\n")
            for piece in ["half a ", "line\n", "no end"] {
                try Self.append(request.log, piece)
                try await seen.wait(for: piece)
            }
            try Self.append(request.log, " at all")
            return try runner.concat(request)
        }
        let build = Task { [project, runner] in try await project.build(TestFlow(compileFlag: 7), runner: runner) }
        try await isReady.wait { $0 }
        try await follow("pack").value
        #expect(try await build.value.ok)
        #expect(
            seen.text == "[pack]running pack\n[pack]running pack\nhalf a line\nno end at all")
    }

    @Test func aResultOfTheStoreIsShownUntilTheToolStarts() async throws {
        for flag in [1, 2] {
            runner.set("compile") { [runner] request in
                try write(request.log, "flag \(flag)\n")
                return try runner.concat(request)
            }
            #expect(try await project.build(TestFlow(compileFlag: flag), runner: runner).ok)
        }
        // Back to the first: its result comes from the store, while the log file is the second's and old.
        #expect(try await project.build(TestFlow(compileFlag: 1), runner: runner).ok)
        let log = project.folder + "/.hlsbuild/logs/compile/compile.log"
        let times = [timespec(tv_sec: 1_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000, tv_nsec: 0)]
        try #require(utimensat(AT_FDCWD, log, times, 0) == 0)
        let lock = try await ProjectLock.acquire(project.paths, disk: Disk()) { _ in }
        let follower = follow("compile")
        try await seen.wait(for: "[compile]flag 1\n")
        try write(log, "flag 3\n")
        try await seen.wait(for: "[compile]flag 3\n")
        withExtendedLifetime(lock) {}
        _ = consume lock
        try await follower.value
        #expect(seen.text == "[compile]flag 1\n[compile]flag 3\n")
    }

    @Test func followingCanBeCancelled() async throws {
        let lock = try await ProjectLock.acquire(project.paths, disk: Disk()) { _ in }
        let follower = follow("compile")
        follower.cancel()
        await #expect(throws: CancellationError.self) { try await follower.value }
        withExtendedLifetime(lock) {}
    }
}
