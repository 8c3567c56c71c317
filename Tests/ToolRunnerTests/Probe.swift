import Basics
import BuildEngine
import Glibc
import Testing

@testable import ToolRunner

/// The program `EngineProbe`, started and waited for.
struct Probe {
    let program: String

    init() throws {
        // The program lies beside the tests.
        let own = try #require(
            (CommandLine.arguments + [Self.ownPath]).first { $0.contains(".xctest") || $0.contains("PackageTests") })
        let folders = own.split(separator: "/", omittingEmptySubsequences: false)
        program = try #require(
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

    /// Builds in a folder; what it prints goes to `out` there.
    func start(in folder: TestFolder, pause: String, _ seats: [String] = []) throws -> pid_t {
        var process = pid_t()
        let texts: [String] = [program, folder.path, pause] + seats
        let words: [UnsafeMutablePointer<CChar>?] = texts.map { text in strdup(text) } + [nil]
        defer { for word in words { free(word) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 1, folder.path + "/out", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawn(&process, program, &actions, nil, words, environ) == 0 else {
            throw FileError.last("start", program)
        }
        return process
    }

    func wait(_ process: pid_t) async throws -> Int32 {
        while true {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process { return status }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Whether any process of a group is there and not merely waiting to be reaped by somebody.
    static func isAlive(group: Int32) -> Bool {
        processes.contains { $0.state != "Z" && $0.group == group }
    }

    /// The child of a process that ends its tools when it is killed.
    static func watchdog(of process: pid_t) -> pid_t? {
        processes.first { $0.parent == process && $0.name == "hlsbuild-watch" }?.number
    }

    private struct Process {
        var number: pid_t, name: String, state: Substring, parent: pid_t, group: pid_t
    }

    private static var processes: [Process] {
        ((try? Files.list("/proc")) ?? []).compactMap { name in
            guard let number = pid_t(name), let status = try? Files.text("/proc/\(name)/stat"),
                let start = status.firstIndex(of: "("), let end = status.lastIndex(of: ")")
            else { return nil }
            let fields = status[status.index(after: end)...].split(separator: " ")
            guard fields.count > 2, let parent = pid_t(fields[1]), let group = pid_t(fields[2]) else { return nil }
            return Process(
                number: number, name: String(status[status.index(after: start)..<end]), state: fields[0],
                parent: parent, group: group)
        }
    }
}
