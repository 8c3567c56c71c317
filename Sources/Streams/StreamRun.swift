/// What a simulation of a graph with FIFOs of given depths found.
public struct StreamRun: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case finished
        /// Processes wait for each other for ever.
        case deadlock
        /// More work than was allowed.
        case exhausted
    }

    public var outcome: Outcome
    /// Cycles between samples when all has settled, rounded up; 0 unless finished.
    public var interval = 0
    /// The most tokens that waited in each FIFO.
    public var peaks: [Int]
    /// Whether a full FIFO kept its writer waiting; in a deadlock: whether it does at the end.
    public var stalled: [Bool]
    /// Cycles that were simulated one by one.
    public var work = 0

    init(edges: Int) {
        outcome = .exhausted
        peaks = [Int](repeating: 0, count: edges)
        stalled = [Bool](repeating: false, count: edges)
    }
}

/// Runs a graph cycle by cycle. A token that is written, and a place that is freed, can be used in the next cycle.
///
/// Where the same state comes back, but for how many steps are left and how full the FIFOs are, the cycles up to the
/// first change are not simulated again but counted: the work grows with the number of changes in the schedules and
/// not with the number of tokens. Where it comes back whole, some samples later, all is known and the simulation ends.
///
/// A class, because as a value it would be copied again and again.
final class StreamSimulator {
    /// The edges of one side of all processes in one array: those of a process from its start to the next one's.
    private struct Ports {
        var edges: [Int] = []
        var numbers: [Int] = []
        var starts: [Int] = [0]

        init(_ count: Int, _ ends: [(process: Int, number: Int)]) {
            for process in 0..<count {
                for (edge, end) in ends.enumerated() where end.process == process {
                    edges.append(edge)
                    numbers.append(end.number)
                }
                starts.append(edges.count)
            }
        }

        func range(_ process: Int) -> Range<Int> { starts[process]..<starts[process + 1] }
    }

    private let schedules: [TokenSchedule]
    private let depths: [Int]
    private let samples: Int
    private let inputs: Ports
    private let outputs: Ports
    private var time = 0
    private var states: [ProcessState]
    private var waiting: [Int]
    private var finishes: [[Int]]
    private var run: StreamRun
    private var history: History
    private var stepping: [Int] = []
    /// The last process that nothing follows, and the states in which it ended its samples.
    private let last: Int?
    private var ends: [History] = []

    /// `graph` must have been checked, there must be a depth for each of its edges.
    init(_ graph: StreamGraph, depths: [Int], samples: Int) {
        self.depths = depths
        self.samples = max(3, samples)
        schedules = graph.processes
        states = graph.processes.map { ProcessState($0) }
        inputs = Ports(states.count, graph.edges.map { ($0.reader, $0.input) })
        outputs = Ports(states.count, graph.edges.map { ($0.writer, $0.output) })
        waiting = [Int](repeating: 0, count: graph.edges.count)
        finishes = [[Int]](repeating: [], count: states.count)
        last = graph.processes.indices.last { index in !graph.edges.contains { $0.writer == index } }
        run = StreamRun(edges: graph.edges.count)
        history = History(time: 0, states: states, waiting: waiting)
    }

    /// - Parameter work: how many cycles may be simulated one by one.
    func simulate(work: Int) -> StreamRun {
        while run.work < work {
            run.work += 1
            findThoseThatStep()
            if stepping.isEmpty {
                guard let next = nextTime else { return finish() }
                time = next
                continue
            }
            for index in stepping { step(index) }
            for index in stepping {
                for at in outputs.range(index) { observe(outputs.edges[at]) }
                for at in inputs.range(index) { observe(inputs.edges[at]) }
            }
            time += 1
            if let interval = settled() {
                run.outcome = .finished
                run.interval = interval
                return run
            }
            if let found = history.repetition(time, states, waiting, depths) {
                skip(found.count, found.progress)
            } else {
                history.grow(time, states, waiting)
            }
        }
        return run
    }

    /// The cycles between two samples if what was at the end of one before is now again at the end of one.
    ///
    /// Looked at where a sample leaves by the last process that nothing follows; some of the last ends are kept, since
    /// it may take several samples until all comes again.
    private func settled() -> Int? {
        guard let last, states[last].samplesDone > ends.count else { return nil }
        defer { ends.append(History(time: time, states: states, waiting: waiting)) }
        for end in ends.suffix(4).reversed() {
            guard let samples = end.samples(time, states, waiting) else { continue }
            return (time - end.time + samples - 1) / samples
        }
        return nil
    }

    /// Finds those that have all they need in this cycle, and the FIFOs that keep others waiting.
    private func findThoseThatStep() {
        stepping.removeAll(keepingCapacity: true)
        for index in states.indices where states[index].ready <= time && states[index].samplesDone < samples {
            guard isFed(index, states[index].reads) else { continue }
            let writes = states[index].writes
            if hasRoom(index, writes) {
                stepping.append(index)
                continue
            }
            for at in outputs.range(index) where isFull(outputs.edges[at]) && writes.contains(outputs.numbers[at]) {
                run.stalled[outputs.edges[at]] = true
            }
        }
    }

    private func isFull(_ edge: Int) -> Bool { waiting[edge] >= depths[edge] }

    private func isFed(_ index: Int, _ reads: TokenSchedule.Ports) -> Bool {
        if reads == .none { return true }
        for at in inputs.range(index) where waiting[inputs.edges[at]] == 0 && reads.contains(inputs.numbers[at]) {
            return false
        }
        return true
    }

    private func hasRoom(_ index: Int, _ writes: TokenSchedule.Ports) -> Bool {
        if writes == .none { return true }
        for at in outputs.range(index) where isFull(outputs.edges[at]) && writes.contains(outputs.numbers[at]) {
            return false
        }
        return true
    }

    private func step(_ index: Int) {
        let (reads, writes) = (states[index].reads, states[index].writes)
        for at in inputs.range(index) where reads.contains(inputs.numbers[at]) { waiting[inputs.edges[at]] -= 1 }
        for at in outputs.range(index) where writes.contains(outputs.numbers[at]) { waiting[outputs.edges[at]] += 1 }
        if states[index].step(at: time, schedules[index]) { finishes[index].append(time) }
    }

    private func observe(_ edge: Int) {
        run.peaks[edge] = max(run.peaks[edge], waiting[edge])
        history.observe(edge, waiting[edge])
    }

    /// The next cycle in which a process wakes up by itself.
    private var nextTime: Int? {
        var next: Int?
        for index in states.indices where states[index].samplesDone < samples && states[index].ready > time {
            next = min(next ?? .max, states[index].ready)
        }
        return next
    }

    private func finish() -> StreamRun {
        let samples = samples
        guard states.allSatisfy({ $0.samplesDone >= samples }) else {
            run.outcome = .deadlock
            for edge in depths.indices { run.stalled[edge] = false }
            findThoseThatStep()
            return run
        }
        run.outcome = .finished
        for index in states.indices where outputs.range(index).isEmpty {
            let cycles = finishes[index][samples - 1] - finishes[index][samples - 3]
            run.interval = max(run.interval, (cycles + 1) / 2)
        }
        return run
    }

    private func skip(_ count: Int, _ progress: [History.Progress]) {
        let cycles = (time - history.time) * count
        time += cycles
        for index in states.indices {
            states[index].ready += cycles
            states[index].reader.skip(progress[index].reads, count)
            states[index].writer.skip(progress[index].writes, count)
        }
        for edge in waiting.indices {
            let change = (waiting[edge] - history.waiting[edge]) * count
            waiting[edge] += change
            run.peaks[edge] = max(run.peaks[edge], history.most[edge] + max(0, change))
        }
        history = History(time: time, states: states, waiting: waiting)
    }
}
