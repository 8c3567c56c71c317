public import BuildEngine
internal import Glibc

/// Turns Ctrl-C into the cancellation of a task.
///
/// The first SIGINT or SIGTERM cancels the task, which ends the commands it runs and comes back with what it has; the
/// second ends the commands at once; the third ends the process, which may be at work on something of its own that
/// looks at no cancellation.
public enum Interruption {
    /// Runs `body`, which is cancelled by a signal. Not to be used twice at the same time.
    /// - Parameter runner: Whose commands a second signal ends.
    public static func run<Result: Sendable>(
        ending runner: any ActionRunner, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        // The body waits for the handler: a signal that came before it would end the process and leave what the body
        // has started.
        let (gate, opener) = AsyncStream<Never>.makeStream()
        let task = Task {
            for await _ in gate {}
            return try await body()
        }
        let waiter = SignalWaiter(onFirst: { task.cancel() }, onSecond: { runner.killAll() })
        waiter.start()
        opener.finish()
        defer { waiter.stop() }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}

/// The pipe through which the signal handler wakes the waiter: a handler may do little more than write a byte. Blocking
/// the signals and waiting for them in a thread would be simpler, but takes all threads, also those of libraries.
private let wakeUp: (reading: Int32, writing: Int32) = {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
}()

/// Writes a byte for the waiter: 1 for a signal, 0 to end it.
private func wake(_ byte: UInt8) {
    var byte = byte
    _ = write(wakeUp.writing, &byte, 1)
}

/// A thread that waits for signals.
private final class SignalWaiter: Sendable {
    private static let signals = [SIGINT, SIGTERM]
    private let onFirst: @Sendable () -> Void
    private let onSecond: @Sendable () -> Void

    init(onFirst: @escaping @Sendable () -> Void, onSecond: @escaping @Sendable () -> Void) {
        self.onFirst = onFirst
        self.onSecond = onSecond
    }

    func start() {
        guard wakeUp.reading >= 0 else { return }
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<SignalWaiter>.fromOpaque(pointer).takeRetainedValue().wait() }
                return nil
            }, argument)
        guard result == 0 else { return }
        pthread_detach(thread)
        for number in Self.signals { signal(number) { _ in wake(1) } }
    }

    func stop() {
        for number in Self.signals { signal(number, SIG_DFL) }
        wake(0)
    }

    private func wait() {
        var seen = 0
        while true {
            var byte: UInt8 = 0
            let count = read(wakeUp.reading, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte == 1 else { return }
            seen += 1
            switch seen {
            case 1: onFirst()
            case 2: onSecond()
            default:
                // Nothing is lost by it: a build takes up where a kill at any instant has left it.
                for number in Self.signals { signal(number, SIG_DFL) }
                kill(getpid(), SIGTERM)
            }
        }
    }
}
