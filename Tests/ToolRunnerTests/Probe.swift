import Basics
import BuildEngine
import Glibc
import Testing
import TestSupport

@testable import ToolRunner

/// The program `EngineProbe`.
struct Probe {
    let program: String

    init() throws { program = try Repository.program("EngineProbe") }

    /// Builds in a folder; what it prints goes to `out` there.
    func start(in folder: Scratch, pause: String, _ seats: [String] = []) async throws -> RunningProgram {
        try await Command(program, [folder.path, pause] + seats, output: folder.path + "/out").start()
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
