/// An earlier state of a simulation, to find that it came back (R. P. Brent's way of finding cycles: the state that is
/// compared with is renewed after 1, 2, 4, ... cycles).
struct History {
    struct Progress {
        var reads: (steps: Int, times: Int)
        var writes: (steps: Int, times: Int)
    }

    let time: Int
    private let states: [ProcessState]
    let waiting: [Int]
    /// The fewest and the most tokens in each FIFO since.
    private var fewest: [Int]
    private(set) var most: [Int]
    private var age = 0
    private let patience: Int

    init(time: Int, states: [ProcessState], waiting: [Int], patience: Int = 4) {
        self.time = time
        self.states = states
        self.waiting = waiting
        fewest = waiting
        most = waiting
        self.patience = patience
    }

    mutating func observe(_ edge: Int, _ count: Int) {
        if count < fewest[edge] { fewest[edge] = count }
        if count > most[edge] { most[edge] = count }
    }

    /// Goes on with this state, or with the present one in its place.
    mutating func grow(_ time: Int, _ states: [ProcessState], _ waiting: [Int]) {
        age += 1
        if age < patience { return }
        self = History(time: time, states: states, waiting: waiting, patience: min(2 * patience, 1 << 20))
    }

    /// How often what happened since will happen again in just the same way, at least. Nil if it will not.
    func repetition(_ now: Int, _ states: [ProcessState], _ waiting: [Int], _ depths: [Int])
        -> (count: Int, progress: [Progress])?
    {
        isAlike(now, states) ? repetition(states, waiting, depths) : nil
    }

    /// Whether all processes are at the same kind of step, and wait as long.
    private func isAlike(_ now: Int, _ states: [ProcessState]) -> Bool {
        for index in states.indices {
            guard states[index].reader.isLike(self.states[index].reader),
                states[index].writer.isLike(self.states[index].writer), states[index].lag == self.states[index].lag,
                max(0, states[index].ready - now) == max(0, self.states[index].ready - time)
            else { return false }
        }
        return true
    }

    /// After how many samples everything is where it was, so that it goes on like this for ever; nil if it is not.
    func samples(_ now: Int, _ states: [ProcessState], _ waiting: [Int]) -> Int? {
        guard waiting == self.waiting, isAlike(now, states), let last = states.last, let first = self.states.last else {
            return nil
        }
        let samples = last.samplesDone - first.samplesDone
        for (state, earlier) in zip(states, self.states) {
            guard state.samplesDone - earlier.samplesDone == samples, state.reader == earlier.reader,
                state.writer == earlier.writer
            else { return nil }
        }
        return samples > 0 ? samples : nil
    }

    private func repetition(_ states: [ProcessState], _ waiting: [Int], _ depths: [Int]) -> (
        count: Int, progress: [Progress]
    )? {
        var progress: [Progress] = []
        var count = Int.max
        for (state, earlier) in zip(states, self.states) {
            guard state.samplesDone == earlier.samplesDone, let reads = state.reader.progress(since: earlier.reader),
                let writes = state.writer.progress(since: earlier.writer)
            else { return nil }
            progress.append(Progress(reads: reads, writes: writes))
            count = min(count, state.reader.repetitions(reads), state.writer.repetitions(writes))
        }
        for edge in waiting.indices {
            let change = waiting[edge] - self.waiting[edge]
            if change == 0 { continue }
            // A FIFO that fills or drains must have been neither empty nor full, and must stay so.
            guard fewest[edge] > 0, most[edge] < depths[edge] else { return nil }
            let room = change > 0 ? depths[edge] - 1 - most[edge] : fewest[edge] - 1
            count = min(count, room / abs(change))
        }
        return count > 0 && count < .max ? (count, progress) : nil
    }
}
