internal import Basics
internal import Glibc

extension Session {
    /// Runs `body` while everything is held that a plan claims, of this process and of those that share its pools.
    func claiming<Result: Sendable>(
        _ plan: CommandPlan, _ place: StateLog.Place, _ body: @escaping @Sendable (HeldSeats?) async throws -> Result
    ) async throws -> Result {
        if plan.claims.isEmpty { return try await body(nil) }
        // What an earlier build left running holds seats, and memory, for nobody.
        runner.endLeftovers(below: paths.logs)
        return try await claims.hold(plan.claims) { claim in
            self.tell(place, "waiting for \(claim.title): other steps of this build have all")
        } body: {
            let seats = try await self.shared(plan, place)
            defer { seats?.release() }
            return try await body(seats)
        }
    }

    /// Takes what the plan claims of the pool that processes share; nil where it claims nothing of one, or the pool
    /// cannot be used: then every process is on its own.
    private func shared(_ plan: CommandPlan, _ place: StateLog.Place) async throws -> HeldSeats? {
        guard let pool = plan.pool else { return nil }
        do {
            return try await wait(for: plan.claims, of: SharedPool.open(pool.folder, isOwn: pool.isOwn), plan, place)
        } catch let error as FileError {
            reporter.report(
                .diagnostic(
                    .warning(
                        "\(error): other builds on this machine may take the same licences and memory",
                        help: "name a folder that can be written with \(CommandPlan.Pool.variable)"),
                    stage: place.stage))
            return nil
        }
    }

    private func wait(
        for claims: [CommandPlan.Claim], of pool: SharedPool, _ plan: CommandPlan, _ place: StateLog.Place
    ) async throws -> HeldSeats {
        let start = ContinuousClock.now
        let holder = "process \(getpid()) in \(paths.folder)"
        var pause = Duration.milliseconds(50)
        var told: [String] = []
        while true {
            switch try pool.attempt(claims, holder: holder) {
            case .granted(let seats): return seats
            case .busy: try await Task.sleep(for: .milliseconds(10))
            case .taken(let holders):
                let what = claims.map(\.title).joined(separator: " and ")
                if holders != told {
                    tell(place, "waiting for \(what): \(holders.prefix(3).joined(separator: ", ")) has it")
                    told = holders
                }
                if let limit = plan.pool?.patience, ContinuousClock.now - start >= limit {
                    throw gaveUp(place, "\(what) did not come free in \(limit.components.seconds) s", holders)
                }
                try await Task.sleep(for: pause)
                pause = min(pause * 3 / 2, .seconds(2))
            }
        }
    }

    private func gaveUp(_ place: StateLog.Place, _ what: String, _ holders: [String]) -> StepFailure {
        // Not tried again: the waiting was the trying.
        StepFailure(
            stage: place.stage, label: place.label,
            diagnostics: [
                .error(
                    "step \(place.label) was not run: \(what)",
                    help: "run again when others are done, or wait longer for it",
                    notes: holders.map { .init("held by \($0)") })
            ],
            isTransient: false)
    }

    /// Says once on the display, and in the line of the running step, what a step waits for.
    private func tell(_ place: StateLog.Place, _ text: String) {
        reporter.report(.output(stage: place.stage, label: place.label, line: text))
        reporter.report(.diagnostic(Diagnostic(.note, text), stage: place.stage))
    }
}
