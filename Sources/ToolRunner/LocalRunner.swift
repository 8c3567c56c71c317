internal import Basics
public import BuildEngine
internal import Glibc

/// Runs commands on this machine.
///
/// Every command gets a process group of its own; what it prints goes to its log file. When its time is up or the task
/// is cancelled, the group gets SIGTERM and, after a grace period, SIGKILL. When the command itself has ended, whatever
/// it left running in its group is ended too, so that nothing writes to its outputs any more.
public struct LocalRunner: ActionRunner {
    let groups = ProcessGroups()
    private let grace: Duration

    /// - Parameter grace: How long a command may take to end when it is asked to.
    public init(grace: Duration = .seconds(3)) { self.grace = grace }

    public func run(
        _ request: CommandRequest, onLine: @escaping @Sendable (String) -> Void
    ) async throws -> Termination {
        let log = open(request.log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o644)
        guard log >= 0 else { throw FileError.last("write", request.log) }
        defer { close(log) }
        let reading = open(request.log, O_RDONLY | O_CLOEXEC)
        guard reading >= 0 else { throw FileError.last("read", request.log) }
        defer { close(reading) }
        let leftovers = Leftovers(log: request.log)
        leftovers.end()
        defer { leftovers.clear() }
        let child = ChildProcess(
            executable: request.executable, arguments: request.arguments, environment: request.environment,
            workingDirectory: request.workingDirectory, timeout: request.resources.wallTime, grace: grace)
        return try await withThrowingTaskGroup(of: Termination?.self) { group in
            group.addTask {
                var follower = LogFollower(file: reading, onLine: onLine)
                await follower.follow()
                return nil
            }
            let termination = try await child.run(output: log, groups: groups) { leader in
                leftovers.write(leader: leader)
                request.onStart(leader)
            }
            group.cancelAll()
            for try await _ in group {}
            return termination
        }
    }

    public func endLeftovers(below folder: String) {
        for leftovers in Leftovers.all(below: folder) { leftovers.end { groups.running } }
    }

    /// Ends all running commands at once, without grace.
    public func killAll() { groups.killAll() }
}
