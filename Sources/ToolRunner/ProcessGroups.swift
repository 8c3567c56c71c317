internal import Glibc
internal import Synchronization

/// The process groups that are running now, so that all of them can be ended at once.
final class ProcessGroups: Sendable {
    private let leaders = Mutex<Set<Int32>>([])

    /// The leaders of all of them.
    var running: Set<Int32> { leaders.withLock { $0 } }

    func add(_ leader: Int32) { leaders.withLock { _ = $0.insert(leader) } }

    /// Ends whatever is left of a group whose leader has ended.
    func finish(_ leader: Int32) {
        leaders.withLock { _ = $0.remove(leader) }
        kill(-leader, SIGKILL)
    }

    /// Ends all groups without asking.
    func killAll() {
        for leader in leaders.withLock({ $0 }) { kill(-leader, SIGKILL) }
    }
}
