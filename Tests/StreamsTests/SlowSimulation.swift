import Streams

/// The rules of a stream graph once more, without any shortcut: every process a list of its steps, every cycle gone
/// through.
struct SlowSimulation {
    private struct Process {
        var steps: [(interval: Int, reads: TokenSchedule.Ports, writes: TokenSchedule.Ports)] = []
        var at = 0
        var ready = 0
        var finishes: [Int] = []

        init(_ schedule: TokenSchedule) {
            for round in schedule.rounds {
                for _ in 0..<round.times {
                    for some in round.steps {
                        for _ in 0..<some.count { steps.append((some.interval + some.slack, some.reads, some.writes)) }
                    }
                }
            }
            // What is written is written so many steps later.
            let writes = [TokenSchedule.Ports](repeating: .none, count: schedule.pipeline) + steps.map(\.writes)
            for _ in 0..<schedule.pipeline { steps.append((1, .none, .none)) }
            for index in steps.indices { steps[index].writes = writes[index] }
        }
    }

    var deadlock = false
    var interval = 0
    var peaks: [Int]

    init(_ graph: StreamGraph, depths: [Int], samples: Int) {
        var processes = graph.processes.map { Process($0) }
        var waiting = graph.edges.map { _ in 0 }
        peaks = waiting
        var time = 0, idle = 0
        while processes.contains(where: { $0.finishes.count < samples }) {
            let steps = processes.indices.filter { index in
                let process = processes[index]
                guard process.finishes.count < samples, process.ready <= time else { return false }
                let step = process.steps[process.at]
                return graph.edges.indices.allSatisfy { edge in
                    let (edges, isOwn) = (graph.edges[edge], graph.edges[edge].reader == index)
                    if isOwn, Self.takes(step.reads, edges.input), waiting[edge] == 0 { return false }
                    let writes = edges.writer == index && Self.takes(step.writes, edges.output)
                    return !writes || waiting[edge] < depths[edge]
                }
            }
            idle = steps.isEmpty ? idle + 1 : 0
            if idle > 1000 {
                deadlock = true
                return
            }
            for index in steps {
                let step = processes[index].steps[processes[index].at]
                for (edge, ends) in graph.edges.enumerated() {
                    if ends.reader == index, Self.takes(step.reads, ends.input) { waiting[edge] -= 1 }
                    if ends.writer == index, Self.takes(step.writes, ends.output) { waiting[edge] += 1 }
                }
                processes[index].ready = time + step.interval
                processes[index].at += 1
                if processes[index].at == processes[index].steps.count {
                    processes[index].at = 0
                    processes[index].finishes.append(time)
                }
            }
            for edge in waiting.indices { peaks[edge] = max(peaks[edge], waiting[edge]) }
            time += 1
        }
        let last = processes.indices.filter { index in !graph.edges.contains { $0.writer == index } }
        // The later half of the samples, where all has settled.
        let half = samples / 2
        interval =
            last.map { index in
                let finishes = processes[index].finishes
                return (finishes[samples - 1] - finishes[samples - 1 - half] + half - 1) / half
            }.max() ?? 0
    }

    private static func takes(_ ports: TokenSchedule.Ports, _ port: Int) -> Bool {
        switch ports {
        case .none: false
        case .all: true
        case .only(let index): index == port
        }
    }
}
