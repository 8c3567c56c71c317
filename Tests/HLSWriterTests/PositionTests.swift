import Estimates
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// Layers at several positions: how many of them are computed at once.
@Suite struct PositionTests {
    private static let input = FixedType.fixed(10, 4)

    /// Six positions of four numbers.
    private static func design(
        _ io: IOType = .parallel, at once: Int, _ strategy: Strategy = .latency, reuse: Int = 1,
        _ method: SoftmaxImplementation = .stable
    ) throws -> Design {
        var dice = Dice(state: 4)
        guard var dense = Fixture.dense(&dice, 4, 3, strategy, reuse: reuse) as? DenseOperation,
            var softmax = try Fixture.softmax(.fixed(16, 6), [6, 3], method) as? SoftmaxOperation
        else { throw TestFailure("the operations are others") }
        dense.parallelization = once
        softmax.parallelization = once
        return Fixture.chain(io, input, [6, 4], [("fc1", [6, 3], dense), ("softmax", [6, 3], softmax)])
    }

    @Test(
        arguments: [1, 2, 3, 6], [(Strategy.latency, 1), (.latency, 4), (.unrolled, 2), (.distributedArithmetic, 1)])
    func integers(_ once: Int, _ strategy: (Strategy, Int)) async throws {
        try await expectEqual(Self.design(at: once, strategy.0, reuse: strategy.1), samples: 12)
    }

    @Test(arguments: SoftmaxImplementation.allCases) func softmax(_ method: SoftmaxImplementation) async throws {
        try await expectEqual(Self.design(at: 2, .latency, reuse: 1, method), samples: 12)
    }

    /// The number means nothing in a stream.
    @Test func streams() async throws {
        let files = try Fixture.write(Self.design(.stream, at: 1))
        #expect(try Fixture.write(Self.design(.stream, at: 3)) == files)
        try await expectEqual(Self.design(.stream, at: 3), samples: 6)
    }

    @Test func turns() throws {
        let files = try Fixture.write(Self.design(at: 2, .latency, reuse: 4))
        let layer = try #require(files["firmware/layers/fc1.cpp"])
        // Two multipliers for each of the two: not all of the twelve products need one.
        #expect(layer.contains("#pragma HLS INLINE off\n#pragma HLS ALLOCATION operation instances=mul limit=4\n"))
        #expect(
            layer.contains(
                """
                Parts:
                    for (unsigned p = 0; p < 3; p++) {
                #pragma HLS PIPELINE II=4
                        nnet::shift<net_fc1_t, 18, 6>(y_turn);
                        for (unsigned q = 0; q < 2; q++) {
                #pragma HLS UNROLL
                            nnet::dense_latency<net_input_t, net_fc1_t, net_fc1_config>(x_turn + q * 4, y_turn + 12 + q * 3, \
                net_fc1_weight, net_fc1_bias);
                        }
                        nnet::shift<net_input_t, 24, 8>(x_turn);
                    }
                """), "\(layer)")
        #expect(files["firmware/net.cpp"]?.contains("#pragma HLS DATAFLOW") == true)
    }

    /// One position in a turn needs no loop within; all of them at once none around.
    @Test func oneAndAll() throws {
        let one = try Fixture.write(Self.design(at: 1)), all = try Fixture.write(Self.design(at: 6))
        let layer = try #require(one["firmware/layers/fc1.cpp"])
        #expect(
            layer.contains("p < 6; p++) {\n#pragma HLS PIPELINE II=1\n") && !layer.contains("UNROLL\n            nnet"))
        #expect(one["firmware/net.cpp"]?.contains("#pragma HLS DATAFLOW") == true)
        #expect(all["firmware/net.cpp"]?.contains("#pragma HLS PIPELINE II=1") == true)
        #expect(all["firmware/layers/fc1.cpp"]?.contains("p < 6; p++) {\n#pragma HLS UNROLL\n") == true)
    }

    /// What is estimated: as many multipliers as positions at once, and as many intervals as turns.
    @Test(arguments: [1, 2, 3, 6]) func estimates(_ once: Int) throws {
        let target = Target(tool: .vitis, family: .ultraScalePlus, period: 5)
        func estimate(_ once: Int) throws -> DesignEstimate {
            DesignEstimate(try PlacedDesign(Self.design(at: once, .latency, reuse: 4)), target)
        }
        let found = try estimate(once), all = try estimate(6)
        let dense = found.layers[0].estimate, whole = all.layers[0].estimate
        #expect(dense.dsp * 6 == whole.dsp * once)
        let turns = 6 / once
        #expect(turns == 1 ? dense.interval == 4 : (turns * 4..<turns * 4 + 12).contains(dense.interval))
        #expect(found.total.interval >= dense.interval && found.total.interval < dense.interval + 2)
        #expect(found.layers[1].estimate.interval >= turns)
    }
}
