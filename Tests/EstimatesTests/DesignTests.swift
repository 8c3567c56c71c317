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
        #expect(found.total.latency == 4 + 5 + 1)
        #expect(found.total.interval == 4)
    }

    /// A vector behind the other: as many cycles as there are, whatever one spends in the pipeline.
    @Test(arguments: [1, 4]) func positionsOfAStreamFollowEachOther(reuse: Int) throws {
        var design = design(Array(1...8), .latency, reuse: reuse, io: .stream)
        design.inputs[0].shape = [80, 4]
        for index in design.nodes.indices { design.nodes[index].shapes = [[80, 2]] }
        #expect(try DesignEstimate(PlacedDesign(design), target).total.interval == 80 * reuse)
    }

    /// 18 bits without a sign are 19 of a multiplier, whose narrow side has 18.
    @Test func aSideOfAMultiplierIsSigned() throws {
        var design = design(Array(1...8), .resource, reuse: 4)
        let wide = FixedType.fixed(27, 6)
        design.inputs[0].type = .uniform(wide)
        func blocks(_ weight: FixedType) throws -> Int {
            for index in design.nodes.indices {
                var dense = try #require(design.nodes[index].operation.definition as? DenseOperation)
                dense.weight = QuantizedTensor(type: weight, shape: [4, 2], raw: Array(1...8))
                design.nodes[index].operation = Operation(dense)
            }
            return try DesignEstimate(PlacedDesign(design), target).total.dsp
        }
        #expect(try blocks(.fixed(18, 6)) == 2)
        #expect(try blocks(.ufixed(18, 6)) == 4)
        #expect(try blocks(.ufixed(17, 6)) == 2)
    }

    /// Up to 64 words of weights are logic, more are block RAM.
    @Test func aFewWordsAreNoBlockRAM() throws {
        let type = FixedType.fixed(16, 6), target = target
        func estimate(_ reuse: Int) -> Estimate {
            let law = DenseLaw(
                inputs: 128, outputs: 8, reuse: reuse, nonZero: 1024, dataBits: 16, weightBits: 16, accumBits: 16)
            return law.loop(target, wordBits: 128, rewinds: true, inBlocks: reuse > 64)
        }
        #expect(estimate(64).bram18 == 0 && estimate(128).bram18 == 4)
        #expect(estimate(64).interval == 64 && estimate(64).latency == 69)
        for (reuse, blocks) in [(64, 0), (128, 4)] {
            let numbers = (0..<1024).map { Int64(($0 * 7919 / 8) % 65_536 - 32_768) }
            let weight = QuantizedTensor(type: type, shape: [128, 8], raw: numbers)
            let operation = DenseOperation(
                weight: weight, bias: QuantizedTensor(type: type, shape: [8], raw: Array(numbers[..<8])), accum: type,
                resultType: type, strategy: .resource,
                reuse: reuse, exactSum: false)
            let site = OperationSite(
                io: .parallel, inputs: [TensorSpec(type, [128])], outputs: [TensorSpec(type, [8])])
            #expect(operation.estimate(site, target).bram18 == blocks)
        }
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
        #expect(found.total.interval == 1)
    }
}
