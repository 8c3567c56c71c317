import AdderGraphs
import Testing
import TestSupport

/// The value: what it computes, what it knows of its nodes, what it refuses.
@Suite struct AdderGraphTests {
    /// `7x - y/4` in quarters, and `x` alone: a shift, a subtraction, a constant, nothing, an input.
    private func example() throws -> AdderGraph {
        try AdderGraph(
            inputs: [IntegerInterval(low: -8, high: 7), IntegerInterval(low: 0, high: 12, zeros: 2)],
            constants: [0, 5],
            sums: [
                .init(left: 0, right: 0, shift: -3, subtracts: true),
                .init(left: 4, right: 1, shift: -2, subtracts: true),
                .init(left: 2, right: 0, shift: 0, subtracts: true),
                .init(left: 1, right: 3, shift: 0, subtracts: false),
            ],
            outputs: [.node(5, shift: 0), .zero, .node(0, shift: 1), .node(6, shift: 0), .node(7, shift: 1)])
    }

    @Test func evaluatesByHand() throws {
        let graph = try example()
        #expect(graph.evaluate([-8, 12]) == [4 * 7 * -8 - 12, 0, -16, 8, 34])
        #expect(graph.matrix.weights == [28, 0, 2, -1, 0, -1, 0, 0, 0, 2])
        #expect(graph.matrix.biases == [0, 0, 0, 0, 10])
    }

    /// `8x - x` is as wide as `7x`, though `8x` less any other number would be wider.
    @Test func intervalsAreThoseOfTheWholeExpression() throws {
        let graph = try example()
        #expect(graph.intervals[4] == IntegerInterval(low: -56, high: 49))
        #expect(graph.intervals[5] == IntegerInterval(low: -236, high: 196, zeros: 2))
        #expect(graph.intervals[5].width == 9)
        #expect(graph.outputIntervals[1] == IntegerInterval(low: 0, high: 0))
        #expect(graph.depths == [0, 0, 0, 0, 1, 2, 1, 1])
        #expect(graph.depth == 2)
    }

    /// A carry chain stands where both operands have bits, or where something is borrowed; a number below the lowest bit
    /// of another is put beside it for nothing.
    @Test func adderBits() throws {
        func bits(_ a: IntegerInterval, _ b: IntegerInterval, _ shift: Int, minus: Bool) throws -> Int {
            let graph = try AdderGraph(
                inputs: [a, b], constants: [], sums: [.init(left: 0, right: 1, shift: shift, subtracts: minus)],
                outputs: [.node(2, shift: 0)])
            #expect(graph.adderCount == (graph.lutCount > 0 ? 1 : 0))
            #expect(graph.depth == graph.adderCount)
            return graph.lutCount
        }
        let nibble = IntegerInterval(low: 0, high: 15), signed = IntegerInterval(low: -8, high: 7)
        #expect(try bits(nibble, nibble, 0, minus: false) == 4)
        #expect(try bits(nibble, nibble, 2, minus: false) == 4)
        #expect(try bits(nibble, nibble, 4, minus: false) == 0)
        #expect(try bits(nibble, nibble, -4, minus: false) == 0)
        #expect(try bits(nibble, nibble, 4, minus: true) == 4)
        #expect(try bits(nibble, nibble, -4, minus: true) == 8)
        #expect(try bits(signed, signed, 0, minus: false) == 5)
        #expect(try bits(signed, signed, 4, minus: false) == 5)
    }

    @Test func refusesWhatIsNoGraph() {
        let one = IntegerInterval(low: 0, high: 1)
        func make(_ sums: [AdderGraph.Sum], _ outputs: [AdderGraph.Output]) throws(AdderGraph.Failure) {
            _ = try AdderGraph(inputs: [one, one], constants: [], sums: sums, outputs: outputs)
        }
        #expect(throws: AdderGraph.Failure.order) {
            try make([.init(left: 0, right: 2, shift: 0, subtracts: false)], [])
        }
        #expect(throws: AdderGraph.Failure.order) { try make([], [.node(2, shift: 0)]) }
        #expect(throws: AdderGraph.Failure.order) { try make([], [.node(1, shift: -1)]) }
        #expect(throws: AdderGraph.Failure.overflow) { try make([], [.node(1, shift: 70)]) }
        let doubling = (0..<62).map { AdderGraph.Sum(left: $0 + 1, right: $0 + 1, shift: 0, subtracts: false) }
        #expect(throws: AdderGraph.Failure.overflow) { try make(doubling, []) }
    }

    @Test func jsonIsCompactAndCanBeRead() throws {
        let graph = try example()
        let text = try JSONText.encode(graph)
        #expect(
            text == """
                {"constants":"0, 5","inputs":"-8 7 0, 0 12 2","outputs":"5 0, -, 0 1, 6 0, 7 1",\
                "sums":"0 0 -3 1, 4 1 -2 1, 2 0 0 1, 1 3 0 0"}
                """)
        #expect(try JSONText.decode(text) == graph)
    }

    @Test(arguments: [
        #"{"constants":"","inputs":"1 0 0","outputs":"","sums":""}"#,
        #"{"constants":"","inputs":"0 3 1","outputs":"","sums":""}"#,
        #"{"constants":"","inputs":"0 1 0","outputs":"","sums":"0 1 0 0"}"#,
        #"{"constants":"","inputs":"0 1 0","outputs":"","sums":"0 0 -9223372036854775808 0"}"#,
        #"{"constants":"","inputs":"0 1 0","outputs":"0","sums":""}"#,
        #"{"constants":"","inputs":"0 x 0","outputs":"","sums":""}"#,
        #"{"constants":"9223372036854775807","inputs":"","outputs":"","sums":""}"#,
    ]) func damagedJSONIsRefused(_ text: String) {
        #expect(throws: DecodingError.self) { try JSONText.decode(text) }
    }
}
