import Basics
import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

@Suite struct ReLUTests {
    @Test func imports() throws {
        #expect(try Room.read(ReLU.self, "activations.relu") == Layer(ReLU(.relu)))
        let bounded = try Room.read(
            ReLU.self, "ReLU", ["max_value": .int(6), "negative_slope": .double(0.5), "threshold": .int(0)])
        #expect(bounded == Layer(ReLU(.relu, maximum: 6, slope: Tensor([0.5]))))
        #expect(try Room.read(ReLU.self, "LeakyReLU") == Layer(ReLU(.leakyReLU, slope: Tensor([0.3]))))
        #expect(
            try Room.read(ReLU.self, "ThresholdedReLU", ["theta": .double(0.5)])
                == Layer(ReLU(.thresholdedReLU, threshold: 0.5)))
        let slopes = Tensor([0.5, 0.25, 0, 1])
        #expect(try Room.read(ReLU.self, "PReLU", [:], ["alpha": slopes]) == Layer(ReLU(.prelu, slope: slopes)))
    }

    @Test func refusals() {
        Room.expectRefusal(of: "threshold", ReLU.self, "ReLU", ["threshold": .double(-0.5)])
        Room.expectRefusal(of: "max_value", ReLU.self, "ReLU", ["max_value": .string("six")])
        Room.expectRefusal(of: "theta", ReLU.self, "LeakyReLU", ["theta": .int(1)])
        Room.expectRefusal(of: "alpha", ReLU.self, "PReLU")
        Room.expectRefusal(
            of: "shared_axes", ReLU.self, "PReLU", ["shared_axes": .array([.int(1)])], ["alpha": Tensor([1, 2])],
            input: [3, 2])
    }

    @Test func shapes() throws {
        #expect(try ReLU(.relu).outputShapes(of: [[3, 2]]) == [[3, 2]])
        let slopes = ReLU(.prelu, slope: Tensor([1, 2, 3, 4, 5, 6]))
        #expect(try slopes.outputShapes(of: [[3, 2]]) == [[3, 2]])
        #expect(Room.refusedShape(slopes, [3]) == "alpha")
    }

    private func lowered(_ layer: ReLU, _ compat: Compat, _ stated: [PrecisionRole: PrecisionChoice] = [:]) throws
        -> ReLUOperation
    {
        try Room.operation(ReLUOperation.self, Room.lower(layer, compat) { $0.project.precision = stated })
    }

    @Test func resultTypes() throws {
        // What is not negative needs no sign.
        #expect(try lowered(ReLU(.relu), .native).resultType == .ufixed(15, 5))
        #expect(try lowered(ReLU(.relu, maximum: 6), .native).resultType == .ufixed(13, 3))
        #expect(try lowered(ReLU(.leakyReLU, slope: Tensor([0.5])), .native).resultType == .fixed(16, 6, .rnd))
        #expect(try lowered(ReLU(.relu), .hls4ml).resultType == .fixed(16, 6))
        for compat in Compat.allCases {
            let stated = try lowered(ReLU(.relu), compat, [.result: .type(.ufixed(8, 4))])
            #expect(stated.resultType == .ufixed(8, 4))
        }
    }

    @Test func slopeTypes() throws {
        let leaky = ReLU(.leakyReLU, slope: Tensor([0.3])), prelu = ReLU(.prelu, slope: Tensor([0.5, 1.25, 0, -1]))
        #expect(try lowered(leaky, .native).slope?.types == .uniform(.ufixed(16, -1)))
        #expect(try lowered(prelu, .native).slope?.types == .uniform(.fixed(16, 2, .rnd, .sat)))
        #expect(try lowered(leaky, .hls4ml).slope?.types == .uniform(.fixed(16, 6)))
        #expect(try lowered(leaky, .hls4ml, [.param: .auto]).slope?.types == .uniform(.ufixed(8, -1)))
        #expect(try lowered(prelu, .hls4ml, [.param: .type(.fixed(9, 2))]).slope?.raw == [64, 160, 0, -128])
    }

    @Test func thresholds() throws {
        let layer = ReLU(.thresholdedReLU, threshold: 0.5)
        #expect(try lowered(layer, .native).threshold == Constant(raw: 1, type: .ufixed(1, 0)))
        #expect(try lowered(layer, .hls4ml).threshold == Constant(raw: 512, type: .fixed(16, 6)))
        #expect(try !lowered(layer, .native).inclusive)
        let bounded = ReLU(.relu, maximum: 1.5)
        #expect(try lowered(bounded, .native).maximum == Constant(raw: 3, type: .ufixed(2, 1)))
        #expect(try lowered(bounded, .native).inclusive)
        // hls4ml ignores the bound, which is worth a word.
        #expect(try Room.lower(bounded, .hls4ml).warnings.count == 1)
        #expect(try Room.lower(ReLU(.relu), .hls4ml).warnings.isEmpty)
    }

    private func oracle(_ operation: ReLUOperation) -> ([Exact]) -> [Int64] {
        let limit = operation.threshold?.exact ?? Exact(0)
        let slopes = operation.slope?.exact
        return { x in
            x.indices.map { index -> Int64 in
                var y = x[index]
                if let top = operation.maximum?.exact, y >= top {
                    y = top
                } else if y < limit || y == limit && !operation.inclusive {
                    let slope = slopes.map { $0[$0.count == 1 ? 0 : index] } ?? Exact(0)
                    y = slope * (y - limit)
                }
                return y.raw(in: operation.resultType)
            }
        }
    }

    @Test(arguments: RoomTests.resultTypes) func kernel(_ result: FixedType) {
        var dice = Dice(state: 6)
        let one = QuantizedTensor(type: .fixed(8, 1), shape: [1], raw: [77]), each = dice.tensor([4], .fixed(7, 1))
        let maximum = Constant(1.75, as: .fixed(12, 4)), threshold = Constant(0.625, as: .fixed(10, 4))
        for input in [FixedType.fixed(9, 3), .ufixed(7, 3)] {
            let kinds: [(Constant?, Constant?, QuantizedTensor?)] = [
                (nil, nil, nil), (maximum, nil, nil), (nil, threshold, nil), (nil, nil, one), (nil, nil, each),
                (maximum, threshold, one),
            ]
            for (maximum, threshold, slope) in kinds {
                for inclusive in [true, false] {
                    let operation = ReLUOperation(
                        resultType: result, maximum: maximum, threshold: threshold, inclusive: inclusive, slope: slope)
                    Room.expectKernel(operation, input, [4], samples: 4, oracle: oracle(operation))
                }
            }
        }
    }

    /// An element that equals the threshold.
    @Test(arguments: [true, false]) func atTheThreshold(_ inclusive: Bool) {
        let operation = ReLUOperation(
            resultType: .fixed(9, 4), maximum: nil, threshold: Constant(0.5, as: .fixed(9, 4)), inclusive: inclusive,
            slope: nil)
        // Of two bits a value is often exactly a half.
        Room.expectKernel(operation, .fixed(2, 1), [4], oracle: oracle(operation))
    }

    @Test func firmware() async throws {
        var dice = Dice(state: 6)
        func operation(
            _ maximum: Double? = nil, _ threshold: Double? = nil, inclusive: Bool = true,
            _ slope: QuantizedTensor? = nil
        ) -> ReLUOperation {
            ReLUOperation(
                resultType: .fixed(9, 4, .rndConv, .sat), maximum: maximum.map { Constant($0, as: .fixed(10, 4)) },
                threshold: threshold.map { Constant($0, as: .fixed(12, 4)) }, inclusive: inclusive, slope: slope)
        }
        let slope = QuantizedTensor(type: .fixed(9, 1), shape: [1], raw: [77])
        try await Room.expectFirmware { shape in
            [
                operation(), operation(1.75), operation(nil, nil, slope), operation(nil, 0.625, inclusive: false),
                operation(1.5, 0.25, slope), operation(nil, -0.5, slope), operation(nil, 0.5),
                operation(nil, nil, dice.tensor([shape.elementCount], .fixed(7, 1))),
            ]
        }
    }
}
