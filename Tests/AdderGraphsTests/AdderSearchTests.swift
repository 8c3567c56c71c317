import AdderGraphs
import Testing
import TestSupport

/// The search: whatever it finds computes the product exactly, within the depth, at no more than the plain price.
@Suite struct AdderSearchTests {
    /// All kinds of matrices: tall, wide, empty, sparse, with weights of any size, with columns that are alike.
    @Test(arguments: 0..<40) func computesTheProduct(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        let product = ConstantProduct.random(&dice)
        let slack = Int.random(in: 0...3, using: &dice)
        let graph = try AdderGraph(product, AdderSearch(slack: slack, work: 40_000))
        #expect(graph.inputs == product.inputs)
        for _ in 0..<8 {
            let x = product.inputs.map { $0.random(&dice) }
            let y = graph.evaluate(x)
            #expect(y == product.evaluate(x))
            for (value, interval) in zip(y, graph.outputIntervals) { #expect(interval.contains(value)) }
        }
        #expect(graph.depth <= product.leastDepth + slack)
        let plain = try AdderGraph(product, AdderSearch(slack: slack, work: 0))
        #expect(plain.evaluate(product.inputs.map(\.low)) == product.evaluate(product.inputs.map(\.low)))
        #expect(graph.lutCount <= plain.lutCount)
        #expect(plain.depth <= product.leastDepth + slack)
    }

    /// Every node lies within its interval at the corners that make it largest and smallest, and reaches both.
    @Test(arguments: 0..<10) func intervalsAreReached(seed: Int) throws {
        var dice = Dice(state: UInt64(1000 + seed))
        let product = ConstantProduct.random(&dice)
        let graph = try AdderGraph(product, AdderSearch(work: 20_000))
        for node in graph.firstSum..<graph.nodeCount {
            let probe = try AdderGraph(
                inputs: graph.inputs, constants: graph.constants, sums: graph.sums, outputs: [.node(node, shift: 0)])
            let weights = probe.matrix.weights
            let high = zip(graph.inputs, weights).map { $1 > 0 ? $0.high : $0.low }
            let low = zip(graph.inputs, weights).map { $1 > 0 ? $0.low : $0.high }
            #expect(probe.evaluate(high) == [graph.intervals[node].high])
            #expect(probe.evaluate(low) == [graph.intervals[node].low])
        }
    }

    /// Sharing: three sums of the same two terms at different places cost one adder; alike columns cost one between them.
    @Test func sharesWhatIsAlike() throws {
        let x = [IntegerInterval](repeating: IntegerInterval(low: -128, high: 127), count: 2)
        let shifted = try AdderGraph(ConstantProduct(inputs: x, outputCount: 3, weights: [1, 4, -8, 1, 4, -8]))
        #expect(shifted.adderCount == 2)
        let opposite = try AdderGraph(ConstantProduct(inputs: x, outputCount: 2, weights: [5, -5, -1, 1]))
        #expect(opposite.adderCount == 3)
        let single = try AdderGraph(ConstantProduct(inputs: [x[0]], outputCount: 3, weights: [3, 24, -6]))
        #expect(single.adderCount == 2)
        let wires = try AdderGraph(ConstantProduct(inputs: x, outputCount: 3, weights: [4, 0, 0, 0, 1, 0]))
        #expect(wires.adderCount == 0)
        #expect(wires.outputs == [.node(0, shift: 2), .node(1, shift: 0), .zero])
    }

    /// `a + b` where the columns differ in little: the second output comes from the first, if it may be deeper.
    @Test func computesOneColumnFromAnother() throws {
        let x = [IntegerInterval](repeating: IntegerInterval(low: 0, high: 255), count: 8)
        let base: [Int64] = [45, -77, 83, 119, -51, 99, -107, 37]
        let weights = base.enumerated().flatMap { index, weight in [weight, weight + (index == 3 ? 2 : 0)] }
        let product = ConstantProduct(inputs: x, outputCount: 2, weights: weights)
        let alone = try AdderGraph(ConstantProduct(inputs: x, outputCount: 1, weights: base), AdderSearch(slack: 2))
        let both = try AdderGraph(product, AdderSearch(slack: 2))
        #expect(both.adderCount <= alone.adderCount + 2)
    }

    /// An input that never changes is a constant.
    @Test func constantInputsAreFolded() throws {
        let inputs = [IntegerInterval(low: 3, high: 3), IntegerInterval(low: 0, high: 15)]
        let graph = try AdderGraph(ConstantProduct(inputs: inputs, outputCount: 1, weights: [7, 2], biases: [-21]))
        #expect(graph.adderCount == 0)
        #expect(graph.evaluate([3, 9]) == [18])
    }

    /// The same task gives the same graph: no hash of the process shows, nor does what ran before.
    @Test func isDeterministic() throws {
        var dice = Dice(state: 7)
        let product = ConstantProduct.dense(&dice, inputs: 9, outputs: 7)
        let first = try AdderGraph(product, AdderSearch(slack: 1, work: 60_000))
        _ = try AdderGraph(ConstantProduct.random(&dice), AdderSearch(work: 10_000))
        #expect(try AdderGraph(product, AdderSearch(slack: 1, work: 60_000)) == first)
        // Pinned, so that another process or machine is compared with this one.
        #expect(first.adderCount == 102)
        #expect(first.lutCount == 951)
    }

    /// Less work, a dearer graph; never a wrong one.
    @Test func workIsLimited() throws {
        var dice = Dice(state: 3)
        let product = ConstantProduct.dense(&dice, inputs: 10, outputs: 8)
        let costs = try [0, 10_000, 300_000].map { work in
            let graph = try AdderGraph(product, AdderSearch(work: work))
            #expect(graph.matrix.weights == product.weights)
            return graph.lutCount
        }
        #expect(costs[0] > costs[1])
        #expect(costs[1] > costs[2])
    }

    /// What is foretold of layers of usual sizes is what is found, within a quarter.
    @Test(arguments: [(16, 16, 31), (32, 5, 127), (24, 24, 7), (8, 32, 127)])
    func forecastsAreNear(_ inputs: Int, _ outputs: Int, _ largest: Int64) throws {
        var dice = Dice(state: UInt64(inputs * outputs))
        let product = ConstantProduct(
            inputs: [IntegerInterval](repeating: IntegerInterval(low: -128, high: 127), count: inputs),
            outputCount: outputs,
            weights: (0..<(inputs * outputs)).map { _ in Int64.random(in: -largest...largest, using: &dice) })
        let forecast = AdderForecast(product), graph = try AdderGraph(product, AdderSearch(work: 400_000))
        #expect(forecast.depth == graph.depth)
        #expect(abs(Double(forecast.adders) / Double(graph.adderCount) - 1) < 0.25)
        #expect(abs(Double(forecast.luts) / Double(graph.lutCount) - 1) < 0.25)
    }

    @Test func forecastsOfNothing() {
        #expect(AdderForecast(ConstantProduct(inputs: [], outputCount: 2, weights: [])).luts == 0)
        let wires = ConstantProduct(
            inputs: [IntegerInterval(low: 0, high: 7)], outputCount: 2, weights: [4, 0], biases: [0, 9])
        #expect(AdderForecast(wires) == AdderForecast(ConstantProduct(inputs: [], outputCount: 0, weights: [])))
    }

    /// What does not fit 62 bits is refused, not wrapped.
    @Test func wideProductsAreRefused() {
        let wide = IntegerInterval(low: 0, high: 1 << 40)
        #expect(throws: AdderGraph.Failure.overflow) {
            try AdderGraph(ConstantProduct(inputs: [wide], outputCount: 1, weights: [1 << 30]))
        }
    }
}
