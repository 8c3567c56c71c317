import Streams
import Testing
import TestSupport

@Suite struct SizingTests {
    /// Whatever clock and part make of the pipelines: never a deadlock; and at both ends of what is possible as fast as
    /// with FIFOs of any size.
    @Test(arguments: 0..<40) func sizedGraphsNeverWaitForEver(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        let graph = StreamGraph.random(&dice)
        let sizing = try StreamSizing(graph, work: 5_000_000)
        #expect(sizing.isTight)
        for corner in [graph, graph.fastest] {
            let sized = try StreamSizing.run(corner, depths: sizing.depths, work: 5_000_000)
            #expect(sized.outcome == .finished)
            #expect(sized.interval == corner.busiest)
        }
        for _ in 0..<5 {
            let real = graph.somewhere(&dice)
            let sized = try StreamSizing.run(real, depths: sizing.depths, work: 5_000_000)
            #expect(sized.outcome == .finished)
            #expect(sized.interval <= graph.busiest)
        }
    }

    /// A short path beside one that reads everything first: all must fit, and one place less stops everything.
    @Test(arguments: [1, 7, 500, 100_000]) func aShortPathHoldsWhatTheLongOneReadsFirst(tokens: Int) throws {
        var graph = StreamGraph([], [])
        let fork = graph.add(.elementwise(tokens, pipeline: 0), after: [])
        let long = graph.add(Keeping.whole(tokens), after: [fork])
        let join = graph.add(.elementwise(tokens, pipeline: 0), after: [long])
        graph.edges.append(.init(from: fork, output: 1, to: join, input: 1))
        let sizing = try StreamSizing(graph)
        #expect(sizing.depths[2] >= tokens)
        #expect(sizing.depths[2] <= 2 * tokens)
        #expect(sizing.depths[0] <= 2 * tokens)
        if tokens > 1 {
            let run = try StreamSizing.run(graph, depths: [2, 2, tokens - 1])
            #expect(run.outcome == .deadlock)
            #expect(run.stalled == [false, false, true])
        }
    }

    /// A pipeline gives nothing until enough has followed: the path beside it must hold that much.
    @Test func aShortPathHoldsWhatAPipelineKeeps() throws {
        var graph = StreamGraph([], [])
        let fork = graph.add(.elementwise(1000, pipeline: 0), after: [])
        let long = graph.add(.elementwise(1000, pipeline: 20), after: [fork])
        let join = graph.add(.elementwise(1000, pipeline: 0), after: [long])
        graph.edges.append(.init(from: fork, output: 1, to: join, input: 1))
        let depth = try StreamSizing(graph).depths[2]
        #expect((20...40).contains(depth))
        #expect(try StreamSizing.run(graph, depths: [2, 2, 19]).outcome == .deadlock)
    }

    /// What takes a sample in one step holds several of them in its pipeline, and so must the path beside it.
    @Test func aShortPathHoldsTheSamplesOfAPipeline() throws {
        var graph = StreamGraph([], [])
        let fork = graph.add(.elementwise(1, pipeline: 0), after: [])
        let long = graph.add(.elementwise(1, pipeline: 20), after: [fork])
        let join = graph.add(.elementwise(1, pipeline: 0), after: [long])
        graph.edges.append(.init(from: fork, output: 1, to: join, input: 1))
        let sizing = try StreamSizing(graph)
        #expect(sizing.interval == 1)
        #expect((20...40).contains(sizing.depths[2]))
    }

    /// A writer that gives a whole sample at once before a reader that takes its time.
    @Test func aBurstIsHeldSoFarAsItMustBe() throws {
        let burst = TokenSchedule([Round(1, [Steps(1, interval: 100), Steps(100, writes: .all)])])
        let slow = TokenSchedule([Round(1, [Steps(100, interval: 2, reads: .all)])])
        let graph = StreamGraph([burst, slow], [.init(from: 0, to: 1)])
        let sizing = try StreamSizing(graph)
        #expect(sizing.interval == 200)
        let depth = sizing.depths[0]
        #expect((40...60).contains(depth))
        #expect(try StreamSizing.run(graph, depths: [depth]).interval == 200)
        #expect(try StreamSizing.run(graph, depths: [depth - 1]).interval > 200)
    }

    @Test func chainsNeedTwoPlaces() throws {
        var graph = StreamGraph([], [])
        var last = graph.add(.elementwise(640, pipeline: 3), after: [])
        for _ in 0..<3 { last = graph.add(.elementwise(640, pipeline: 12), after: [last]) }
        last = graph.add(.gather(640, compute: 50, slack: 30, times: 1), after: [last])
        _ = graph.add(.elementwise(1, pipeline: 12), after: [last])
        #expect(try StreamSizing(graph).depths == [2, 2, 2, 2, 1])
    }

    /// What the user states stays, and what it leads to is seen.
    @Test func statedDepthsStay() throws {
        var graph = StreamGraph([], [])
        let fork = graph.add(.elementwise(50, pipeline: 0), after: [])
        let long = graph.add(Keeping.whole(50), after: [fork])
        let join = graph.add(.elementwise(50, pipeline: 0), after: [long])
        graph.edges.append(.init(from: fork, output: 1, to: join, input: 1))
        let small = try StreamSizing(graph, fixed: [2: 10])
        #expect(small.depths[2] == 10)
        #expect(try StreamSizing.run(graph, depths: small.depths).outcome == .deadlock)
        #expect(try StreamSizing(graph, fixed: [0: 4096]).depths[0] == 4096)
    }

    /// Where the simulation would take too long whole samples fit: safe, and said so.
    @Test func withoutWorkWholeSamplesFit() throws {
        let graph = StreamGraph(
            [.elementwise(90, pipeline: 3), .elementwise(90, pipeline: 3)], [.init(from: 0, to: 1)])
        let sizing = try StreamSizing(graph, work: 5)
        #expect(!sizing.isTight)
        #expect(sizing.depths == [90])
    }

    /// Every cycle looks at every process: what it all may take is bounded, and whole samples fit where it does not do.
    @Test func longChainsTakeNoMoreThanShortOnes() throws {
        var graph = StreamGraph([], [])
        var last = graph.add(.elementwise(7, pipeline: 4), after: [])
        for _ in 0..<300 { last = graph.add(.elementwise(7, pipeline: 4), after: [last]) }
        let sizing = try StreamSizing(graph, looks: 30_000)
        #expect(!sizing.isTight)
        #expect(sizing.depths.allSatisfy { $0 >= 7 })
        #expect(try StreamSizing(graph).isTight)
    }
}
