internal import Basics

/// What a process of a dataflow region does with its streams while one sample passes: steps in a fixed order, each of
/// which may read and write tokens (stream elements).
///
/// A step waits until all that it reads is there and all that it writes has room; what follows waits with it, as a
/// pipeline of the vendor's tools stalls as a whole. Clock and part are not known here, so the cycles that they decide
/// are stated as bounds: none up to `pipeline` and up to `Steps.slack`.
public struct TokenSchedule: Hashable, Sendable {
    /// Steps of one kind, one after the other.
    public struct Steps: Hashable, Sendable {
        public var count: Int
        /// Cycles from the start of one step to the start of what follows.
        public var interval: Int
        public var reads: Ports
        public var writes: Ports
        /// Further cycles that such a step takes at most.
        public var slack: Int

        public init(_ count: Int, interval: Int = 1, reads: Ports = .none, writes: Ports = .none, slack: Int = 0) {
            self.count = count
            self.interval = interval
            self.reads = reads
            self.writes = writes
            self.slack = slack
        }
    }

    /// Which of a process's inputs, or outputs, a step takes one token of.
    public enum Ports: Hashable, Sendable {
        case none, all
        /// One of them, by its place.
        case only(Int)

        func contains(_ port: Int) -> Bool {
            switch self {
            case .none: false
            case .all: true
            case .only(let index): index == port
            }
        }
    }

    /// A sequence of steps, several times over.
    public struct Round: Hashable, Sendable {
        public var times: Int
        public var steps: [Steps]

        public init(_ times: Int, _ steps: [Steps]) {
            self.times = times
            self.steps = steps
        }
    }

    public var rounds: [Round]
    /// The most steps that a result spends in the process's pipeline. It leaves it only while further steps push, or
    /// when all steps of the sample are done.
    public var pipeline: Int

    public init(_ rounds: [Round], pipeline: Int = 0) {
        self.rounds = rounds
        self.pipeline = pipeline
    }

    /// A token out for each token in, one in each `interval` cycles: what works on every element alone, and what copies.
    public static func elementwise(_ tokens: Int, interval: Int = 1, pipeline: Int) -> TokenSchedule {
        TokenSchedule(
            [Round(1, [Steps(tokens, interval: interval, reads: .all, writes: .all)])], pipeline: pipeline)
    }

    /// `reads` tokens in, then `compute` cycles of work, then one token out; all that `times` over.
    /// - Parameter slack: cycles that the work takes longer at most.
    public static func gather(_ reads: Int, compute: Int, slack: Int, times: Int) -> TokenSchedule {
        let work = Steps(1, interval: compute, slack: slack)
        return TokenSchedule([Round(times, [Steps(reads, reads: .all), work, Steps(1, writes: .all)])])
    }

    /// `count` elements in groups of `from` into groups of `to`: in each step as many move as divide both.
    public static func regroup(_ count: Int, from: Int, to: Int, pipeline: Int) -> TokenSchedule {
        let from = max(1, from), to = max(1, to)
        let step = Count.commonDivisor(from, to)
        // After so many steps both groups are complete again.
        let (reading, writing) = (from / step, to / step)
        let (period, isHuge) = reading.multipliedReportingOverflow(by: writing)
        let steps = count / step
        guard !isHuge, period <= max(1, steps) else { return TokenSchedule([], pipeline: pipeline) }
        var pattern: [Steps] = []
        for index in 0..<period {
            let next = Steps(
                1, reads: index % reading == 0 ? .all : .none, writes: index % writing == writing - 1 ? .all : .none)
            if let last = pattern.last, last.reads == next.reads, last.writes == next.writes {
                pattern[pattern.count - 1].count += 1
            } else {
                pattern.append(next)
            }
        }
        return TokenSchedule([Round(steps / period, pattern)], pipeline: pipeline)
    }
}

extension TokenSchedule {
    /// Nothing that clock or part decide: results leave in the step that reads, work takes what is stated.
    public var fastest: TokenSchedule {
        var schedule = self
        schedule.pipeline = 0
        for round in rounds.indices {
            for index in rounds[round].steps.indices { schedule.rounds[round].steps[index].slack = 0 }
        }
        return schedule
    }

    /// Tokens that one sample takes from an input.
    public func tokensRead(_ port: Int) -> Int { sum { $0.reads.contains(port) ? $0.count : 0 } }

    /// Tokens that one sample gives to an output.
    public func tokensWritten(_ port: Int) -> Int { sum { $0.writes.contains(port) ? $0.count : 0 } }

    /// Cycles that a sample takes where nothing is waited for.
    public var busy: Int {
        sum { steps in Bounded.times(steps.count, Bounded.plus(steps.interval, steps.slack)) } + pipeline
    }

    var stepCount: Int { sum(\.count) }

    /// The most cycles of a single step that clock and part decide.
    var uncertainty: Int { Bounded.plus(pipeline, rounds.flatMap(\.steps).map(\.slack).max() ?? 0) }

    /// Whether all counts are such that the schedule can be run.
    var isSound: Bool {
        (0...Bounded.limit).contains(pipeline) && busy < Bounded.limit
            && rounds.allSatisfy { round in
                round.times >= 0
                    && round.steps.allSatisfy { $0.count >= 0 && $0.interval >= 1 && $0.slack >= 0 }
            }
    }

    private func sum(_ value: (Steps) -> Int) -> Int {
        rounds.reduce(0) { total, round in
            let one = round.steps.reduce(0) { Bounded.plus($0, value($1)) }
            return Bounded.plus(total, Bounded.times(round.times, one))
        }
    }
}

/// Counting of cycles and tokens that stops at a limit.
enum Bounded {
    /// More cycles than any sample takes; sums and products of a few such numbers still fit.
    static let limit = 1 << 48

    static func plus(_ a: Int, _ b: Int) -> Int { Count.plus(a, b, limit: limit) }

    static func times(_ a: Int, _ b: Int) -> Int { Count.times(a, b, limit: limit) }
}
