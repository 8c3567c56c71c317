import Streams
import Testing
import TestSupport

@Suite struct SimulationTests {
    /// The shortcut over repetitions changes nothing: outcome, interval and peaks are those of a simulation that goes
    /// through every cycle.
    @Test(arguments: 0..<40) func agreesWithASimulationOfEveryCycle(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        let graph = StreamGraph.random(&dice)
        let depths = graph.edges.map { _ in [1, 2, 3, 8, 50].randomElement(using: &dice) ?? 1 }
        let run = try StreamSizing.run(graph, depths: depths, work: 10_000_000)
        #expect(run.outcome != .exhausted)
        let slow = SlowSimulation(graph, depths: depths, samples: 4 * Self.longestPath(graph) + 16)
        #expect((run.outcome == .deadlock) == slow.deadlock)
        #expect(run.peaks == slow.peaks)
        if !slow.deadlock { #expect(abs(run.interval - slow.interval) <= 1) }
    }

    private static func longestPath(_ graph: StreamGraph) -> Int {
        var length = graph.processes.map { _ in 1 }
        for _ in graph.processes {
            for edge in graph.edges { length[edge.reader] = max(length[edge.reader], length[edge.writer] + 1) }
        }
        return length.max() ?? 0
    }

    /// 100,000 tokens a sample are simulated in a few thousand cycles.
    @Test func longSamplesCostNoMoreThanShortOnes() throws {
        func work(_ tokens: Int) throws -> Int {
            var graph = StreamGraph([], [])
            var last = graph.add(.elementwise(tokens, pipeline: 5), after: [])
            last = graph.add(Keeping.window(tokens, ahead: tokens / 10, interval: 3, pipeline: 8), after: [last])
            last = graph.add(.gather(5, compute: 30, slack: 20, times: tokens / 5), after: [last])
            last = graph.add(.elementwise(tokens / 5, pipeline: 9), after: [last])
            let run = try StreamSizing.run(graph, depths: [2, 2, 2])
            #expect(run.outcome == .finished)
            #expect(run.interval >= graph.busiest)
            return run.work
        }
        let short = try work(1_000), long = try work(100_000)
        #expect(long <= 2 * short)
        #expect(long < 20_000)
    }

    @Test func aFullFIFOHalvesTheRateOfOnePlace() throws {
        let pair = StreamGraph(
            [.elementwise(100, pipeline: 0), .elementwise(100, pipeline: 0)], [.init(from: 0, to: 1)])
        #expect(try StreamSizing.run(pair, depths: [1]).interval == 200)
        #expect(try StreamSizing.run(pair, depths: [2]).interval == 100)
    }

    @Test func inputThatCannotBeRunIsRefused() {
        let token = TokenSchedule.elementwise(4, pipeline: 0)
        func fault(_ graph: StreamGraph) -> StreamGraph.Fault? {
            do throws(StreamGraph.Fault) {
                _ = try StreamSizing(graph)
                return nil
            } catch { return error }
        }
        #expect(fault(StreamGraph([token, token], [.init(from: 0, to: 1), .init(from: 1, to: 0)])) == .cycle)
        #expect(fault(StreamGraph([token], [.init(from: 0, to: 0)])) == .cycle)
        #expect(fault(StreamGraph([token], [.init(from: 0, to: 7)])) == .noSuchProcess(edge: 0))
        #expect(
            fault(StreamGraph([token, .elementwise(5, pipeline: 0)], [.init(from: 0, to: 1)]))
                == .unbalanced(edge: 0, written: 4, read: 5))
        #expect(fault(StreamGraph([.elementwise(-1, pipeline: 0)], [])) == .count(process: 0))
        #expect(fault(StreamGraph([.elementwise(.max, pipeline: .max)], [])) == .count(process: 0))
        #expect(fault(StreamGraph([TokenSchedule([])], [])) == nil)
        #expect(fault(StreamGraph([], [])) == nil)
    }

    @Test(arguments: [(12, 3, 4), (12, 4, 3), (12, 12, 1), (12, 1, 12), (35, 7, 5), (30, 6, 10), (8, 8, 8)])
    func groupsAreCounted(count: Int, from: Int, to: Int) {
        let schedule = TokenSchedule.regroup(count, from: from, to: to, pipeline: 0)
        #expect(schedule.tokensRead(0) == count / from)
        #expect(schedule.tokensWritten(0) == count / to)
    }
}
