internal import Basics
package import Glibc
internal import Synchronization

/// A program that was started. Its output goes to files, so that what it had printed when it was killed can be read.
package final class RunningProgram: Sendable {
    private enum State {
        case running(waiting: [CheckedContinuation<Int32, Never>])
        /// As `waitpid` tells it.
        case ended(Int32)
    }

    /// Longer than anything here takes on a loaded machine: a program that hangs fails its test.
    private static let patience = Duration.seconds(300)

    package let process: pid_t
    private let printed: Scratch
    private let state: Mutex<State>

    /// Nil if somebody has the program's file open for writing.
    init?(_ command: Command) throws {
        printed = try Scratch()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, command.output ?? printed.absolute("out"), flags, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, printed.absolute("err"), flags, 0o644)
        // Signals that the thread of a test does not take would be kept from the program, too.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var line = [command.path] + command.arguments
        // `env` is there to change the folder.
        if let folder = command.folder { line = ["/usr/bin/env", "-C", folder] + line }
        var started: pid_t = 0
        let code = Self.withStrings(line) { words in
            guard let environment = command.environment else {
                return posix_spawn(&started, line[0], &actions, &attributes, words, environ)
            }
            return Self.withStrings(environment.map { $0.key + "=" + $0.value }) {
                posix_spawn(&started, line[0], &actions, &attributes, words, $0)
            }
        }
        if code == ETXTBSY { return nil }
        guard code == 0 else { throw FileError("start", command.path, code: code) }
        process = started
        state = Mutex(.running(waiting: []))
        BlockingThread.start { [self] in reap() }
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }

    /// Waits for the end on a thread of its own. The process is taken away under the lock: nobody sends a signal to
    /// another one of the same number.
    private func reap() {
        var info = siginfo_t()
        while waitid(P_PID, id_t(process), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        var status: Int32 = 0
        let waiting: [CheckedContinuation<Int32, Never>] = state.withLock { state in
            waitpid(process, &status, 0)
            guard case .running(let waiting) = state else { return [] }
            state = .ended(status)
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: status) }
    }

    package var isRunning: Bool {
        state.withLock { if case .running = $0 { true } else { false } }
    }

    /// What it has printed so far.
    package var output: String { printed.text("out") }

    package func send(_ signal: Int32) { send(signal, to: process) }

    /// Kills the program and its process group, without grace.
    package func killGroup() { send(SIGKILL, to: -process) }

    private func send(_ signal: Int32, to target: pid_t) {
        state.withLock { if case .running = $0 { kill(target, signal) } }
    }

    package func wait() async throws -> Ended {
        let hangs = Atomic(false)
        let watch = Task { [self] in
            try await Task.sleep(for: Self.patience)
            hangs.store(true, ordering: .relaxed)
            killGroup()
        }
        let status = await waitStatus()
        watch.cancel()
        if hangs.load(ordering: .relaxed) { throw TestFailure("the program hangs; it printed:\n\(output)") }
        let signal = status & 0x7F
        return Ended(
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, signal: signal == 0 ? nil : signal,
            output: output, errors: printed.text("err"))
    }

    private func waitStatus() async -> Int32 {
        await withCheckedContinuation { continuation in
            let status: Int32? = state.withLock { state in
                switch state {
                case .ended(let status): return status
                case .running(let waiting):
                    state = .running(waiting: waiting + [continuation])
                    return nil
                }
            }
            if let status { continuation.resume(returning: status) }
        }
    }
}
