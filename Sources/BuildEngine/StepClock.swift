internal import Synchronization

/// Times a step while it runs. What it waits for before, a processor or a licence, is no part of it, and nobody is told
/// that it runs until it does.
final class StepClock: Sendable {
    private let announce: @Sendable () -> Void
    private let state = Mutex((hasBegun: false, seconds: 0.0))

    /// - Parameter announce: called when the step runs for the first time.
    init(_ announce: @escaping @Sendable () -> Void) { self.announce = announce }

    /// Runs the step, or an attempt of it.
    func run<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        let isFirst = state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
        if isFirst { announce() }
        let start = ContinuousClock.now
        defer {
            let taken = BuildEngine.seconds(since: start)
            state.withLock { $0.seconds += taken }
        }
        return try await body()
    }

    /// Seconds of all attempts together.
    var seconds: Double { state.withLock { $0.seconds } }
}
