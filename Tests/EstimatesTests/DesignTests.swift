import FixedPoint
import LayerKit
@testable import Layers
import Options
import Testing

import Estimates

@Suite struct DesignTests {
    private let target = Target(tool: .vitis, family: .ultraScalePlus, period: 5)

    /// One dense layer of four inputs and two outputs behind a node that nothing reads.
    private func design(_ weights: [Int64], _ strategy: Strategy, reuse: Int = 1, io: IOType = .parallel) -> Design {
        let type = FixedType.fixed(16, 6)
        let operation = DenseOperation(
            weight: QuantizedTensor(type: type, shape: [4, 2], raw: weights),
            bias: QuantizedTensor(type: type, shape: [2], raw: [0, 0]), accum: .fixed(16, 6), resultType: type,
            strategy: strategy, reuse: reuse, exactSum: false)
        return Design(
            io: io, compat: .native, inputs: [.init(name: "x", shape: [4], type: type)],
            nodes: [
                .init(name: "dead", inputs: ["x"], shape: [2], operation: operation),
                .init(name: "fc", inputs: ["x"], shape: [2], operation: operation),
            ], outputs: ["fc"])
    }

    /// 11 = 1011 has three digits, 3 = 4 - 1 two; 11 twice on one input is one multiplier, on two inputs two.
    @Test func blocksFollowTheWeights() throws {
        let found = try DesignEstimate(PlacedDesign(design([11, 11, 3, 0, 11, 4, -16, 1], .latency)), target)
        #expect(found.layers.map(\.name) == ["fc"])
        #expect(found.total.dsp == 2)
        #expect(found.total.lut == 7 * 26)
        #expect(found.total.interval == 1)
    }

    /// Of 11 11, 3 0, 11 -11 and -16 1 only constants of three digits are shared out, for each tool what it takes for
    /// one: 1 + 0 + 2 (or 1) + 0 multipliers by two cycles. The other three that are not zero are additions.
    @Test(arguments: [(Target.Tool.vitis, 2, 248 + 4 * 26), (.vivado, 1, 124 + 5 * 23)])
    func sharedMultipliersFollowTheWeights(_ tool: Target.Tool, _ dsp: Int, _ lut: Int) throws {
        let target = Target(tool: tool, family: .ultraScalePlus, period: 5)
        let found = try DesignEstimate(
            PlacedDesign(design([11, 11, 3, 0, 11, -11, -16, 1], .latency, reuse: 2)), target)
        #expect(found.total.dsp == dsp)
        #expect(found.total.lut == lut)
        #expect(found.layers[0].estimate.interval == 2)
    }

    @Test func sharedMultipliersFollowTheShape() throws {
        let found = try DesignEstimate(PlacedDesign(design(Array(1...8), .resource, reuse: 4)), target)
        #expect(found.total.dsp == 2)
        #expect(found.total.latency == 4 + 8 + 1)
    }

    @Test func noBlocksInDistributedArithmetic() throws {
        let found = try DesignEstimate(
            PlacedDesign(design([11, 11, 11, 11, 11, 11, 11, 11], .distributedArithmetic)), target)
        #expect(found.total.dsp == 0)
        // Of the 22 additions of two sums of twelve digits each, 16 are left, of 17 and 18 bits.
        #expect(found.total.lut == 276)
    }

    @Test func aStreamTakesItsInputFirst() throws {
        let found = try DesignEstimate(
            PlacedDesign(design([11, 11, 3, 0, 11, 4, -16, 1], .latency, io: .stream)), target)
        #expect(found.total.latency == 2)
        #expect(found.total.interval == 2)
    }
}
