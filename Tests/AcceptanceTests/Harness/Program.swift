import Basics
import Glibc

/// How a program ended and what it printed.
struct Ended {
    /// The exit status; nil if a signal ended it.
    var status: Int32?
    var signal: Int32?
    var output: String
    var errors: String
}

/// A running program in a process group of its own. Its output goes to files, so that what it had printed when it was
/// killed can be read.
final class Program {
    struct Failure: Error, CustomStringConvertible { var description: String }

    /// Longer than anything here takes on a loaded machine: a program that hangs fails its test.
    private static let patience = 300

    let process: pid_t
    private let outputFile: String
    private let errorFile: String

    /// - Parameters:
    ///   - logs: a folder for what it prints.
    ///   - environment: the whole of it.
    init(_ path: String, _ arguments: [String], environment: [String: String], logs: String) throws {
        outputFile = Temporary.name(in: logs, "out")
        errorFile = Temporary.name(in: logs, "err")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, errorFile, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + variables { free(word) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, path, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw Failure(description: "cannot start \(path): \(String(cString: strerror(code)))") }
        process = started
    }

    /// What it has printed so far.
    var output: String { (try? Files.text(outputFile)) ?? "" }

    func send(_ signal: Int32) { kill(process, signal) }

    /// Kills the program and its process group, without grace.
    func killGroup() { kill(-process, SIGKILL) }

    /// Whether it is still running; it stays to be waited for.
    var isRunning: Bool {
        var info = siginfo_t()
        guard waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 else { return false }
        return info.si_signo == 0
    }

    func wait() throws -> Ended {
        let end = Files.now() + Int64(Self.patience) * 1_000_000_000
        while isRunning {
            if Files.now() > end {
                killGroup()
                throw Failure(description: "the program hangs; it printed:\n\(output)")
            }
            usleep(2000)
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { break } }
        let signal = status & 0x7F
        return Ended(
            status: signal == 0 ? (status >> 8) & 0xFF : nil, signal: signal == 0 ? nil : signal, output: output,
            errors: (try? Files.text(errorFile)) ?? "")
    }

    /// Runs a program of the system to its end; it must succeed.
    static func run(_ path: String, _ arguments: String...) throws {
        let logs = try Temporary.folder("run")
        defer { Temporary.remove(logs) }
        let ended = try Program(path, arguments, environment: ["PATH": "/usr/bin:/bin"], logs: logs).wait()
        guard ended.status == 0 else { throw Failure(description: "\(path) \(arguments): \(ended.errors)") }
    }
}
