internal import Glibc

/// Turns Ctrl-C into the cancellation of a task.
///
/// The first SIGINT or SIGTERM cancels the task, which ends the commands it runs and comes back with what it has; the
/// second ends the commands at once.
public enum Interruption {
    /// Keeps the signals from ending the process. To be called before any other thread or task is started.
    public static func block() {
        var signals = Self.signals
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Runs `body`, which is cancelled by a signal.
    /// - Parameter runner: Whose commands a second signal ends.
    public static func run<Result: Sendable>(
        ending runner: LocalRunner, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await body() }
        let waiter = SignalWaiter(onFirst: { task.cancel() }, onSecond: { runner.killAll() })
        waiter.start(signals)
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private static var signals: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        return signals
    }
}

/// A thread that waits for signals until the process ends.
private final class SignalWaiter: Sendable {
    private let onFirst: @Sendable () -> Void
    private let onSecond: @Sendable () -> Void

    init(onFirst: @escaping @Sendable () -> Void, onSecond: @escaping @Sendable () -> Void) {
        self.onFirst = onFirst
        self.onSecond = onSecond
    }

    func start(_ signals: sigset_t) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Argument(signals: signals, waiter: self)).toOpaque()
        pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                let argument = Unmanaged<Argument>.fromOpaque(pointer).takeRetainedValue()
                argument.waiter.wait(argument.signals)
                return nil
            }, argument)
        pthread_detach(thread)
    }

    private final class Argument {
        let signals: sigset_t
        let waiter: SignalWaiter

        init(signals: sigset_t, waiter: SignalWaiter) {
            self.signals = signals
            self.waiter = waiter
        }
    }

    private func wait(_ signals: sigset_t) {
        var signals = signals
        var isFirst = true
        while true {
            var signal: Int32 = 0
            guard sigwait(&signals, &signal) == 0 else { return }
            if isFirst { onFirst() } else { onSecond() }
            isFirst = false
        }
    }
}
