import Basics
import BuildEngine
import Glibc
import Testing

/// Kills and interrupts a real program that builds with real tools.
@Suite(.serialized) struct KillTests {
    let folder: TestFolder
    let probe: String

    init() throws {
        folder = try TestFolder()
        // The program lies beside the tests.
        let own = try #require(
            (CommandLine.arguments + [Self.ownPath]).first { $0.contains(".xctest") || $0.contains("PackageTests") })
        let folders = own.split(separator: "/", omittingEmptySubsequences: false)
        probe = try #require(
            (1..<folders.count).reversed().map { folders[..<$0].joined(separator: "/") + "/EngineProbe" }
                .first { Files.status($0)?.isExecutable == true })
    }

    private static var ownPath: String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { chars in
                chars.baseAddress.map { readlink("/proc/self/exe", $0, chars.count) } ?? 0
            }
        }
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    private func start(pause: String) throws -> pid_t {
        var process = pid_t()
        let texts: [String] = [probe, folder.path, pause]
        let words: [UnsafeMutablePointer<CChar>?] = texts.map { text in strdup(text) } + [nil]
        defer { for word in words { free(word) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 1, folder.path + "/out", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawn(&process, probe, &actions, nil, words, environ) == 0 else {
            throw FileError.last("start", probe)
        }
        return process
    }

    private func wait(_ process: pid_t) async throws -> Int32 {
        while true {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process { return status }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Whether any process of a group is there and not merely waiting to be reaped by somebody.
    private func isAlive(group: Int32) -> Bool {
        ((try? Files.list("/proc")) ?? []).contains { name in
            guard name.first?.isNumber == true, let status = try? Files.text("/proc/\(name)/stat"),
                let end = status.lastIndex(of: ")")
            else { return false }
            let fields = status[status.index(after: end)...].split(separator: " ")
            return fields.count > 2 && fields[0] != "Z" && fields[2] == "\(group)"
        }
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
            let process = try start(pause: "0.01")
            try await Task.sleep(for: .milliseconds(Int.random(in: 0..<150, using: &random)))
            kill(process, SIGKILL)
            _ = try await wait(process)
            if round % 5 == 4 {
                #expect(try await wait(start(pause: "0.01")) == 0, "\(folder.text("out") ?? "")")
                try checkOutputs(["round \(round % 7)", "x"])
            }
        }
    }

    @Test func finishedStepsAreKeptByAKill() async throws {
        try folder.write("source.txt", "x\n")
        let process = try start(pause: "0.3")
        let second = folder.path + "/.hlsbuild/logs/copy/b.log"
        try await waitUntil { Files.status(second) != nil }
        kill(process, SIGKILL)
        _ = try await wait(process)
        let before = try #require(Files.status(folder.path + "/.hlsbuild/logs/copy/a.log"))
        #expect(try await wait(start(pause: "0.3")) == 0)
        #expect(Files.status(folder.path + "/.hlsbuild/logs/copy/a.log") == before, "step a was not run again")
        try checkOutputs(["x"])
    }

    @Test(arguments: [SIGINT, SIGTERM]) func interruptionEndsTheToolsAndContinues(_ signal: Int32) async throws {
        try folder.write("source.txt", "x\n")
        let process = try start(pause: "1000")
        let note = folder.path + "/.hlsbuild/logs/copy/a.log.running"
        try await waitUntil { Files.status(note)?.size ?? 0 > 0 }
        let leader = try #require(Int32(try Files.text(note).split(separator: " ").first ?? ""))
        kill(process, signal)
        let status = try await wait(process)
        #expect(status & 0x7F == 0 && status >> 8 == 130)
        try await waitUntil { !isAlive(group: leader) }
        #expect(try await wait(start(pause: "0")) == 0)
        try checkOutputs(["x"])
    }

    /// A synthesis whose master was killed would hold its licence for hours.
    @Test func aKillLeavesNoToolRunning() async throws {
        try folder.write("source.txt", "x\n")
        let process = try start(pause: "1000")
        let note = folder.path + "/.hlsbuild/logs/copy/a.log.running"
        try await waitUntil { Files.status(note)?.size ?? 0 > 0 }
        let leader = try #require(Int32(try Files.text(note).split(separator: " ").first ?? ""))
        #expect(isAlive(group: leader))
        kill(process, SIGKILL)
        _ = try await wait(process)
        try await waitUntil { !isAlive(group: leader) }
    }

    @Test func twoProgramsAtOnce() async throws {
        try folder.write("source.txt", "x\ny\n")
        let processes = [try start(pause: "0.05"), try start(pause: "0.05"), try start(pause: "0.05")]
        for process in processes { #expect(try await wait(process) == 0) }
        try checkOutputs(["x", "y"])
    }
}
