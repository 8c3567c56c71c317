internal import Basics
internal import BuildEngine
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// A program to start in a process group of its own, its output going to a descriptor.
struct ChildProcess: Sendable {
    var executable: String
    var arguments: [String]
    var environment: [String: String]
    var workingDirectory: String
    var timeout: Duration?
    /// How long the group may take to end when it is asked to, before it is ended.
    var grace: Duration

    private enum Event: Sendable {
        case ended(Termination)
        case timeIsUp
    }

    /// Runs the program to its end. Nothing of its group is alive after the return, however it comes about.
    ///
    /// - Throws: `CancellationError` if the calling task was cancelled; `DiagnosticError` if it cannot be started.
    /// - Parameter onStart: Called with the number of the group as soon as there is one.
    func run(
        output: Int32, groups: ProcessGroups, onStart: @escaping @Sendable (Int32) -> Void = { _ in }
    ) async throws -> Termination {
        let termination = try await withThrowingTaskGroup(of: Event.self) { group in
            group.addTask { .ended(try await spawn(output, groups, onStart)) }
            if let timeout {
                group.addTask {
                    try await Task.sleep(for: timeout)
                    return .timeIsUp
                }
            }
            var isTimeUp = false
            while true {
                do {
                    switch try await group.next() {
                    case .ended(let termination)?:
                        group.cancelAll()
                        return isTimeUp ? Termination.timedOut : termination
                    case .timeIsUp?:
                        isTimeUp = true
                        group.cancelAll()
                    case nil: return Termination.timedOut
                    }
                } catch is CancellationError {
                    // The sleeper of a cancelled run; the program's own end comes next.
                    if Task.isCancelled, group.isEmpty { throw CancellationError() }
                }
            }
        }
        try Task.checkCancellation()
        return termination
    }

    /// Starts the program and waits for its end.
    ///
    /// A program that was written a moment ago cannot be started while a process that another thread has just forked
    /// still holds the descriptor it was written through. That process closes it when it starts its own program, so
    /// waiting helps.
    private func spawn(
        _ output: Int32, _ groups: ProcessGroups, _ onStart: @Sendable (Int32) -> Void
    ) async throws -> Termination {
        var pause = Duration.milliseconds(1)
        while true {
            do {
                return try await spawnOnce(output, groups, onStart)
            } catch let error as SubprocessError {
                guard error.underlyingError == .textFileBusy, pause < Self.longestPause else {
                    throw DiagnosticError(.error("cannot start '\(executable)': \(error)"))
                }
                try await Task.sleep(for: pause)
                pause *= 2
            }
        }
    }

    /// The pauses before a busy program is tried again double from a millisecond up to this: two seconds in all.
    private static let longestPause = Duration.seconds(2)

    private func spawnOnce(
        _ output: Int32, _ groups: ProcessGroups, _ onStart: @Sendable (Int32) -> Void
    ) async throws -> Termination {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        let descriptor = FileDescriptor(rawValue: output)
        let result = try await Subprocess.run(
            .path(FilePath(executable)), arguments: Arguments(arguments), environment: .custom(variables),
            workingDirectory: FilePath(workingDirectory), platformOptions: options, input: .none,
            output: .fileDescriptor(descriptor, closeAfterSpawningProcess: false),
            error: .fileDescriptor(descriptor, closeAfterSpawningProcess: false)
        ) { execution in
            let leader = execution.processIdentifier.value
            groups.add(leader)
            onStart(leader)
            return leader
        }
        groups.finish(result.closureResult)
        switch result.terminationStatus {
        case .exited(let status): return .exited(status)
        case .signaled(let signal): return .signaled(signal)
        }
    }
}
