import Basics
import BuildEngine
import Glibc
import Synchronization
import Testing
import TestSupport

@testable import ToolRunner

@Suite struct LocalRunnerTests {
    let folder: Scratch
    let lines = Lines()

    final class Lines: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }

    init() throws { folder = try Scratch() }

    private func request(_ script: String, timeout: Duration? = nil) -> CommandRequest {
        CommandRequest(
            stage: "test", label: "test", executable: "/bin/sh", arguments: ["-c", script],
            environment: ["PATH": "/usr/bin:/bin", "COLOUR": "blue"], workingDirectory: folder.path,
            resources: .init(wallTime: timeout),
            log: folder.path + "/log")
    }

    private func run(_ script: String, timeout: Duration? = nil) async throws -> Termination {
        try await LocalRunner(grace: .milliseconds(300)).run(request(script, timeout: timeout)) { [lines] in
            lines.add($0)
        }
    }

    /// Whether a process is there and not merely waiting to be reaped.
    private func isAlive(_ process: String) -> Bool {
        guard let process = process.split(separator: "\n").first,
            let status = try? Files.text("/proc/\(process)/stat"), let end = status.lastIndex(of: ")")
        else { return false }
        return !status[end...].hasPrefix(") Z")
    }

    @Test func statusOutputAndEnvironment() async throws {
        #expect(try await run("pwd; echo $COLOUR; echo oops >&2; env | wc -l; printf last") == .exited(0))
        let pwd = lines.all.first ?? ""
        #expect(pwd.hasSuffix(folder.path))
        #expect(Array(lines.all.dropFirst()) == ["blue", "oops", "3", "last"])
        #expect(folder.text("log").split(separator: "\n").count == 5)
        #expect(try await run("exit 7") == .exited(7))
        #expect(try await run("kill -9 $$") == .signaled(9))
        #expect(Files.linkStatus(folder.path + "/log.running") == nil)
    }

    @Test func manyLinesComeThroughInOrder() async throws {
        #expect(try await run("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done") == .exited(0))
        #expect(lines.all == (0..<3000).map { "line \($0)" })
    }

    @Test func programThatCannotBeStarted() async throws {
        let request = CommandRequest(
            stage: "s", label: "l", executable: "/nonexistent/tool", arguments: [], environment: [:],
            workingDirectory: folder.path, log: folder.path + "/log")
        let error = await #expect(throws: DiagnosticError.self) { try await LocalRunner().run(request) { _ in } }
        #expect(error?.description.contains("cannot start '/nonexistent/tool'") == true)
    }

    /// As when another thread forks while the program is written.
    @Test func programThatIsStillOpenForWritingIsTriedAgain() async throws {
        try folder.write("tool", "#!/bin/sh\necho started\n", mode: 0o755)
        let writing = open(folder.path + "/tool", O_WRONLY | O_CLOEXEC)
        try #require(writing >= 0)
        let request = CommandRequest(
            stage: "s", label: "l", executable: folder.path + "/tool", arguments: [], environment: [:],
            workingDirectory: folder.path, log: folder.path + "/log")
        let run = Task { [lines] in try await LocalRunner().run(request) { lines.add($0) } }
        try await Task.sleep(for: .milliseconds(40))
        close(writing)
        #expect(try await run.value == .exited(0))
        #expect(lines.all == ["started"])
    }

    @Test func backgroundChildrenNeitherHoldUpNorSurvive() async throws {
        #expect(try await run("(sleep 1000; echo late >late) & echo $! >pid; echo done") == .exited(0))
        #expect(lines.all == ["done"])
        try await waitUntil { !isAlive(folder.text("pid")) }
    }

    @Test func timeIsUpForTheWholeGroup() async throws {
        let script = "trap '' TERM INT; (trap '' TERM INT; sleep 1000) & echo $! >pid; echo $$ >own; wait"
        #expect(try await run(script, timeout: .milliseconds(400)) == .timedOut)
        try await waitUntil { !isAlive(folder.text("pid")) && !isAlive(folder.text("own")) }
        #expect(try await run("true", timeout: .seconds(100)) == .exited(0))
    }

    @Test func cancellationEndsTheWholeGroup() async throws {
        let request = request("(sleep 1000) & echo $! >pid; echo $$ >own; echo ready; wait")
        let task = Task { [lines] in try await LocalRunner(grace: .milliseconds(300)).run(request) { lines.add($0) } }
        try await waitUntil { lines.all == ["ready"] }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await waitUntil { !isAlive(folder.text("pid")) && !isAlive(folder.text("own")) }
    }

    @Test func whatAKilledRunLeftIsEnded() async throws {
        let first = Task { try await LocalRunner().run(request("echo $$ >own; exec sleep 1000")) { _ in } }
        try await waitUntil { Files.status(folder.path + "/log.running")?.size ?? 0 > 0 && !folder.text("own").isEmpty }
        #expect(try await run("echo second") == .exited(0))
        #expect(try await first.value == .signaled(9))
        #expect(!isAlive(folder.text("own")))
        try folder.write("log.running", "\(getpid()) 1\n")
        #expect(try await run("echo third") == .exited(0))
    }
}

/// Waits until something holds; fails after a long time.
/// What holds in the end holds late on a busy machine.
func waitUntil(_ holds: () -> Bool) async throws {
    for _ in 0..<24_000 {
        if holds() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("waited in vain")
}

@Suite struct LineSplitterTests {
    private func lines(_ pieces: [String]) -> [String] {
        var splitter = LineSplitter()
        var lines = pieces.flatMap { splitter.add($0.utf8) }
        if let last = splitter.finish() { lines.append(last) }
        return lines
    }

    @Test func linesInPieces() {
        #expect(lines(["a\nb", "c\n", "\n", "d"]) == ["a", "bc", "", "d"])
        #expect(lines(["10%\r20%\r", "\nend\r\n"]) == ["10%", "20%", "end"])
        #expect(lines([String(repeating: "x", count: 70_000)]).map(\.count) == [65_536, 4464])
        #expect(lines([]) == [])
    }
}
