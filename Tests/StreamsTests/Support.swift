import Streams
import TestSupport

typealias Steps = TokenSchedule.Steps
typealias Round = TokenSchedule.Round

/// Processes that give as many tokens as they take.
enum Keeping {
    /// Takes `ahead` tokens before it gives the first, as a convolution does.
    static func window(_ tokens: Int, ahead: Int, interval: Int = 1, pipeline: Int = 0) -> TokenSchedule {
        TokenSchedule(
            [
                Round(
                    1,
                    [
                        Steps(ahead, interval: interval, reads: .all),
                        Steps(tokens - ahead, interval: interval, reads: .all, writes: .all),
                        Steps(ahead, interval: interval, writes: .all),
                    ])
            ], pipeline: pipeline)
    }

    /// Takes all before it gives any.
    static func whole(_ tokens: Int) -> TokenSchedule { window(tokens, ahead: tokens) }

    static func random(_ tokens: Int, _ dice: inout Dice) -> TokenSchedule {
        switch dice.roll(0...5) {
        case 0: whole(tokens)
        case 1, 2: window(tokens, ahead: dice.roll(0...tokens), interval: dice.roll(1...3), pipeline: dice.roll(0...9))
        case 3: .gather(1, compute: dice.roll(1...4), slack: dice.roll(0...5), times: tokens)
        default: .elementwise(tokens, pipeline: dice.roll(0...12))
        }
    }
}

extension StreamGraph {
    /// A graph that forks, joins and changes the number of tokens.
    static func random(_ dice: inout Dice) -> StreamGraph {
        var graph = StreamGraph([], [])
        var tokens = dice.roll(1...40)
        var last = graph.add(.elementwise(tokens, pipeline: dice.roll(0...3)), after: [])
        for _ in 0..<dice.roll(1...4) {
            switch dice.roll(0...4) {
            case 0, 1:
                let branches = dice.roll(2...3)
                let fork = graph.add(.elementwise(tokens, pipeline: 0), after: [last])
                let ends = (0..<branches).map { branch in
                    var end = (process: fork, output: branch)
                    for _ in 0..<dice.roll(0...3) {
                        end = (graph.add(Keeping.random(tokens, &dice), after: [end.process], output: end.output), 0)
                    }
                    return end
                }
                let join = graph.processes.count
                graph.processes.append(.elementwise(tokens, pipeline: dice.roll(0...3)))
                for (input, end) in ends.enumerated() {
                    graph.edges.append(.init(from: end.process, output: end.output, to: join, input: input))
                }
                last = join
            case 2:
                let group = (1...tokens).filter { tokens % $0 == 0 }.randomElement(using: &dice) ?? 1
                last = graph.add(
                    .gather(group, compute: dice.roll(1...20), slack: dice.roll(0...9), times: tokens / group),
                    after: [last])
                tokens /= group
            case 3:
                let (from, to) = (dice.roll(1...4), dice.roll(1...4))
                last = graph.add(.regroup(tokens * from * to, from: from * to, to: from, pipeline: 2), after: [last])
                tokens *= to
            default: last = graph.add(Keeping.random(tokens, &dice), after: [last])
            }
        }
        return graph
    }

    /// A process that reads from others; its index.
    mutating func add(_ process: TokenSchedule, after: [Int], output: Int = 0) -> Int {
        processes.append(process)
        for (input, writer) in after.enumerated() {
            edges.append(.init(from: writer, output: output, to: processes.count - 1, input: input))
        }
        return processes.count - 1
    }

    /// The same graph as some clock on some part makes it: pipelines and work of any length within the bounds.
    func somewhere(_ dice: inout Dice) -> StreamGraph {
        var graph = self
        for process in processes.indices {
            graph.processes[process].pipeline = dice.roll(0...processes[process].pipeline)
            for round in processes[process].rounds.indices {
                for steps in processes[process].rounds[round].steps.indices {
                    let most = processes[process].rounds[round].steps[steps].slack
                    graph.processes[process].rounds[round].steps[steps].slack = dice.roll(0...most)
                }
            }
        }
        return graph
    }
}
