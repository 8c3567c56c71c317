import Basics
@testable import BuildEngine
import TestSupport

/// Runs commands in this process: `concat FLAG OUT IN...` writes the flag and all inputs to `OUT`.
final class FakeRunner: ActionRunner {
    typealias Behaviour = @Sendable (CommandRequest) async throws -> Termination

    private struct State: Sendable {
        var runs: [String] = []
        var behaviours: [String: Behaviour] = [:]
        var active = 0
        var peak = 0
    }

    private let state = Watched(State())
    private let disk: Disk

    /// - Parameter disk: where the commands work.
    init(_ disk: Disk = testDisk) { self.disk = disk }

    /// The labels of all commands run, in order.
    var runs: [String] { state.value.runs }

    /// The most commands that ran at once.
    var peak: Int { state.value.peak }

    func forget() { state.change { $0.runs = [] } }

    /// Waits until so many commands have run at once, and all others that may have begun, too.
    func wait(forPeak peak: Int) async throws {
        try await state.wait { $0.peak >= peak }
        await letOthersRun()
    }

    /// Makes the command of a label do something else from now on; nil: what it should.
    func set(_ label: String, _ behaviour: Behaviour?) { state.change { $0.behaviours[label] = behaviour } }

    func run(_ request: CommandRequest, onLine: @escaping @Sendable (String) -> Void) async throws -> Termination {
        let behaviour = state.change { state in
            state.runs.append(request.label)
            state.active += 1
            state.peak = max(state.peak, state.active)
            return state.behaviours[request.label]
        }
        defer { state.change { $0.active -= 1 } }
        try write(request.log, on: disk, "running \(request.label)\n")
        onLine("running \(request.label)")
        if let behaviour { return try await behaviour(request) }
        return try concat(request)
    }

    /// What `concat` does when nothing is wrong.
    func concat(_ request: CommandRequest) throws -> Termination {
        guard request.arguments.count >= 2 else { return .exited(2) }
        var text = request.arguments[0] + "\n"
        for input in request.arguments.dropFirst(2) {
            text += String(decoding: try disk.read(request.workingDirectory + "/" + input), as: UTF8.self)
        }
        try write(request.workingDirectory + "/" + request.arguments[1], on: disk, text)
        return .exited(0)
    }
}

/// Writes a file as a tool would.
func write(_ path: String, on disk: Disk = testDisk, _ text: String) throws {
    try? disk.remove(path)
    try disk.create(path, Array(text.utf8), mode: 0o644, sync: false)
}
