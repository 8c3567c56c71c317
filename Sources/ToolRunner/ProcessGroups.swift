internal import Glibc
internal import Synchronization
internal import Watchdog

/// The process groups that are running now, so that all of them can be ended at once: on demand, and by a watchdog when
/// this process is killed and cannot do so itself.
final class ProcessGroups: Sendable {
    private struct State {
        var leaders: Set<Int32> = []
        var watchdog: Guard?
    }

    private struct Guard {
        var process: pid_t
        var input: Int32
    }

    private let state = Mutex(State())

    /// The leaders of all of them.
    var running: Set<Int32> { state.withLock { $0.leaders } }

    func add(_ leader: Int32) {
        state.withLock { state in
            state.leaders.insert(leader)
            // Only who runs commands needs one. Without one, the next run of the same step ends what was left.
            if state.watchdog == nil {
                var input: Int32 = -1
                let process = watchdog_start(&input)
                if process > 0 { state.watchdog = Guard(process: process, input: input) }
            }
            if let watchdog = state.watchdog { watchdog_add(watchdog.input, leader) }
        }
    }

    /// Ends whatever is left of a group whose leader has ended.
    func finish(_ leader: Int32) {
        kill(-leader, SIGKILL)
        state.withLock { state in
            state.leaders.remove(leader)
            if let watchdog = state.watchdog { watchdog_remove(watchdog.input, leader) }
        }
    }

    /// Ends all groups without asking.
    func killAll() {
        for leader in state.withLock({ $0.leaders }) { kill(-leader, SIGKILL) }
    }

    deinit {
        // It ends by itself, at once: there is nothing left for it to do.
        if let watchdog = state.withLock({ $0.watchdog }) {
            close(watchdog.input)
            waitpid(watchdog.process, nil, 0)
        }
    }
}
