/// Where a process is in its schedule, which is kept elsewhere: a cursor that reads, and one that writes `pipeline` steps behind it.
struct ProcessState {
    /// One place in the steps of a sample.
    struct Cursor: Equatable {
        var round = 0
        var steps = 0
        /// Steps of this kind that are left, this one included.
        var left = 0
        /// Rounds that are left, this one included.
        var timesLeft = 0
        var isDone = false

        init(_ schedule: TokenSchedule) {
            enterRound(schedule)
        }

        private mutating func enterRound(_ schedule: TokenSchedule) {
            steps = 0
            while round < schedule.rounds.count {
                timesLeft = schedule.rounds[round].times
                if timesLeft > 0, enterSteps(schedule) { return }
                round += 1
                steps = 0
            }
            isDone = true
        }

        /// Goes on to steps that are there; false where the round has none any more.
        private mutating func enterSteps(_ schedule: TokenSchedule) -> Bool {
            let all = schedule.rounds[round].steps
            while steps < all.count {
                left = all[steps].count
                if left > 0 { return true }
                steps += 1
            }
            return false
        }

        mutating func advance(_ schedule: TokenSchedule) {
            if isDone { return }
            left -= 1
            if left > 0 { return }
            steps += 1
            if enterSteps(schedule) { return }
            timesLeft -= 1
            steps = 0
            if timesLeft > 0, enterSteps(schedule) { return }
            round += 1
            enterRound(schedule)
        }

        /// Whether the two are in the same steps of the schedule.
        func isLike(_ other: Cursor) -> Bool {
            isDone == other.isDone && round == other.round && steps == other.steps
        }

        /// How far the cursor came since `earlier`, which is like it: some steps of a kind in one round, or some whole
        /// rounds. Nil where it is neither.
        func progress(since earlier: Cursor) -> (steps: Int, times: Int)? {
            if isDone || timesLeft == earlier.timesLeft { return (earlier.left - left, 0) }
            return left == earlier.left ? (0, earlier.timesLeft - timesLeft) : nil
        }

        /// How often the same progress can be made again without leaving these steps or these rounds.
        func repetitions(_ progress: (steps: Int, times: Int)) -> Int {
            if isDone { return .max }
            if progress.steps > 0 { return (left - 1) / progress.steps }
            return progress.times > 0 ? (timesLeft - 1) / progress.times : .max
        }

        mutating func skip(_ progress: (steps: Int, times: Int), _ count: Int) {
            left -= progress.steps * count
            timesLeft -= progress.times * count
        }
    }

    var reader: Cursor
    var writer: Cursor
    /// Steps that the writing cursor still stays behind.
    var lag: Int
    /// The cycle in which the next step may begin.
    var ready = 0
    var samplesDone = 0
    /// What the next step reads and writes.
    private(set) var reads = TokenSchedule.Ports.none
    private(set) var writes = TokenSchedule.Ports.none

    init(_ schedule: TokenSchedule) {
        reader = Cursor(schedule)
        writer = reader
        lag = schedule.pipeline
        look(schedule)
    }

    private mutating func look(_ schedule: TokenSchedule) {
        reads = reader.isDone ? .none : schedule.rounds[reader.round].steps[reader.steps].reads
        writes = lag > 0 || writer.isDone ? .none : schedule.rounds[writer.round].steps[writer.steps].writes
    }

    /// Makes the step in cycle `time`; true if it was the last of a sample.
    mutating func step(at time: Int, _ schedule: TokenSchedule) -> Bool {
        if reader.isDone {
            ready = time + 1
        } else {
            let steps = schedule.rounds[reader.round].steps[reader.steps]
            ready = time + steps.interval + steps.slack
            reader.advance(schedule)
        }
        if lag > 0 { lag -= 1 } else { writer.advance(schedule) }
        defer { look(schedule) }
        guard writer.isDone else { return false }
        samplesDone += 1
        reader = Cursor(schedule)
        writer = reader
        lag = schedule.pipeline
        return true
    }
}
