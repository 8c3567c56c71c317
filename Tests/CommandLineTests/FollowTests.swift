import Glibc
import Testing
import TestSupport

/// `log STAGE -f` as a user runs it.
@Suite struct FollowTests {
    @Test func withoutABuildItEndsAtOnce() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        #expect(try await hlsbuild("log", "csim", "-f").errors == "stage csim has run no tool yet\n")
        #expect(try await hlsbuild("csim").status == 0)
        let plain = try await hlsbuild("log", "csim")
        #expect(plain.output.hasPrefix("== compile firmware/layers/hidden.cpp\n"), "\(plain.output)")
        #expect(try await hlsbuild("log", "csim", "-f") == plain)
        #expect(try await hlsbuild("-f", "hlsbuild.yml", "log", "csim", "--follow") == plain)
    }

    @Test func itGoesOnWhileTheProjectIsLockedUntilItIsInterrupted() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        #expect(try await hlsbuild("parse").status == 0)
        let lock = open(hlsbuild.folder.path + "/.hlsbuild/lock", O_RDWR | O_CLOEXEC)
        try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        defer { close(lock) }
        let run = try await Program.run(
            "/usr/bin/timeout", ["--preserve-status", "-s", "INT", "2", hlsbuild.path, "log", "csim", "-f"],
            in: hlsbuild.folder.path)
        #expect(run == Ended(status: 130, output: "", errors: ""))
    }
}
