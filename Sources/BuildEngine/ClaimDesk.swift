/// Hands out what is scarce: licences, memory, the commands that may run at once. Who comes first is served first.
actor ClaimDesk {
    private struct Waiter {
        let number: Int
        let claims: [CommandPlan.Claim]
        let continuation: CheckedContinuation<Void, any Error>
    }

    private var taken: [String: Int] = [:]
    private var waiters: [Waiter] = []
    private var cancelled: Set<Int> = []
    private var next = 0

    /// Runs `body` while all the claims are held. A cancelled task does not wait any longer.
    /// - Parameter waiting: told the claim that others stand in the way of, if one has to wait.
    func hold<Result: Sendable>(
        _ claims: [CommandPlan.Claim], waiting: @Sendable (CommandPlan.Claim) -> Void = { _ in },
        body: @Sendable () async throws -> Result
    ) async throws -> Result {
        if claims.isEmpty { return try await body() }
        try await acquire(claims, waiting)
        defer { release(claims) }
        return try await body()
    }

    private func fits(_ claim: CommandPlan.Claim) -> Bool {
        let held = taken[claim.resource] ?? 0
        return held == 0 || held <= claim.capacity - claim.units
    }

    private func take(_ claims: [CommandPlan.Claim]) {
        for claim in claims { taken[claim.resource, default: 0] += claim.units }
    }

    private func acquire(
        _ claims: [CommandPlan.Claim], _ waiting: @Sendable (CommandPlan.Claim) -> Void
    ) async throws {
        try Task.checkCancellation()
        if waiters.isEmpty, claims.allSatisfy(fits) {
            take(claims)
            return
        }
        if let claim = claims.first(where: { !fits($0) }) ?? claims.first { waiting(claim) }
        let number = next
        next += 1
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if cancelled.remove(number) != nil {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiters.append(Waiter(number: number, claims: claims, continuation: continuation))
                }
            }
        } onCancel: {
            Task { await self.cancel(number) }
        }
    }

    private func cancel(_ number: Int) {
        guard let index = waiters.firstIndex(where: { $0.number == number }) else {
            cancelled.insert(number)
            return
        }
        waiters.remove(at: index).continuation.resume(throwing: CancellationError())
        serve()
    }

    private func release(_ claims: [CommandPlan.Claim]) {
        for claim in claims { taken[claim.resource, default: 0] -= claim.units }
        serve()
    }

    /// Lets those in who come next and fit.
    private func serve() {
        while let first = waiters.first, first.claims.allSatisfy(fits) {
            take(first.claims)
            waiters.removeFirst().continuation.resume()
        }
    }
}
