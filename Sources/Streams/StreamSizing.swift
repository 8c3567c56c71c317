/// FIFO depths of a graph, found by simulating it.
///
/// Sought is little memory at full speed: with the depths given no process waits for ever, and samples follow each other
/// as fast as with FIFOs of any size. The depths hold for every clock and part, that is for all that the schedules
/// leave open.
public struct StreamSizing: Hashable, Sendable {
    /// One for each edge of the graph, in tokens.
    public private(set) var depths: [Int]
    /// Cycles between two samples where nothing takes longer than it must.
    public private(set) var interval = 0
    /// False where the simulation needed more work than allowed: whole samples fit then, which is safe but not small.
    public private(set) var isTight = true

    private let order: [Int]
    private let isFixed: [Bool]
    private let largest: [Int]
    private let samples: Int
    private var work: Int

    /// - Parameters:
    ///   - fixed: depths that are given, by edge; they are neither raised nor lowered.
    ///   - work: how many cycles may be simulated one by one, in all.
    ///   - looks: how often a simulation may look at a process, in all; by default for some ten seconds.
    public init(
        _ graph: StreamGraph, fixed: [Int: Int] = [:], work: Int = 100_000, looks: Int = StreamSizing.looks
    ) throws(StreamGraph.Fault) {
        order = try graph.checkedOrder()
        let path = graph.longestPath(order)
        isFixed = graph.edges.indices.map { fixed[$0] != nil }
        // Every process of a path may work on a sample of its own, and a pipeline for samples on several.
        let held = graph.processes.reduce(path) { Bounded.plus($0, $1.stepCount == 1 ? $1.uncertainty : 0) }
        largest = graph.edges.map { max(2, Bounded.times(graph.tokens($0), held)) }
        samples = Self.samples(path)
        self.work = Self.cycles(work, looks, graph)
        // A FIFO of one place takes a token every other cycle; two cost no more.
        depths = graph.edges.enumerated().map { max(1, fixed[$0] ?? min(2, graph.tokens($1))) }
        let fastest = graph.fastest
        interval = fit(fastest, from: depths)
        for (edge, more) in graph.skew(order).enumerated() where !isFixed[edge] {
            depths[edge] = min(largest[edge], Bounded.plus(depths[edge], more))
        }
        _ = fit(graph, from: depths)
    }

    /// Ten seconds' worth.
    public static let looks = 20_000_000

    /// The cycles that may be simulated: each looks at every process, so that graphs of hundreds of them get fewer.
    private static func cycles(_ work: Int, _ looks: Int, _ graph: StreamGraph) -> Int {
        min(work, looks / max(1, graph.processes.count))
    }

    /// Simulates the graph with FIFOs of these depths, with everything as slow as the schedules allow.
    public static func run(_ graph: StreamGraph, depths: [Int], work: Int = 100_000) throws(StreamGraph.Fault)
        -> StreamRun
    {
        let samples = samples(graph.longestPath(try graph.checkedOrder()))
        guard depths.count == graph.edges.count else { return StreamRun(edges: graph.edges.count) }
        let simulator = StreamSimulator(graph, depths: depths.map { max(1, $0) }, samples: samples)
        return simulator.simulate(work: cycles(work, looks, graph))
    }

    /// Raises depths until the graph is as fast as it can be, then lowers each as far as it stays so, but not below
    /// where it was. The interval that was reached.
    private mutating func fit(_ graph: StreamGraph, from least: [Int]) -> Int {
        guard let reached = grow(graph) else { return 0 }
        for edge in depths.indices {
            var low = least[edge], all = depths
            // Most grew only because another did; those need a single try.
            var next = low
            while low < depths[edge] {
                all = depths
                depths[edge] = next
                let run = simulate(graph)
                if run.outcome != .finished || run.interval > reached {
                    low = next + 1
                    depths = all
                }
                if run.outcome == .exhausted { return reached }
                next = low + (depths[edge] - low) / 2
            }
        }
        return reached
    }

    /// More than it takes until all has settled, but for graphs with FIFOs without end.
    private static func samples(_ path: Int) -> Int { Bounded.plus(Bounded.times(4, path), 16) }

    /// Doubles the FIFOs that keep a writer waiting until the interval is that of the slowest process, or none is left
    /// that could be larger. Nil if the work ran out.
    private mutating func grow(_ graph: StreamGraph) -> Int? {
        while true {
            let run = simulate(graph)
            if run.outcome == .exhausted {
                isTight = false
                for (index, edge) in graph.edges.enumerated() where !isFixed[index] {
                    depths[index] = max(1, graph.tokens(edge))
                }
                return nil
            }
            let small = depths.indices.filter { run.stalled[$0] && !isFixed[$0] && depths[$0] < largest[$0] }
            if run.outcome == .finished, run.interval <= graph.busiest || small.isEmpty { return run.interval }
            if small.isEmpty { return nil }
            for edge in small { depths[edge] = min(largest[edge], 2 * depths[edge]) }
        }
    }

    private mutating func simulate(_ graph: StreamGraph) -> StreamRun {
        let simulator = StreamSimulator(graph, depths: depths, samples: samples)
        let run = simulator.simulate(work: work)
        work -= run.work
        return run
    }
}
