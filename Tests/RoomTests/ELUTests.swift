import Basics
import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

@Suite struct ELUTests {
    @Test func imports() throws {
        #expect(try Room.read(ELU.self, "ELU", ["alpha": .double(0.5)]) == Layer(ELU.elu(alpha: 0.5)))
        #expect(try Room.read(ELU.self, "ELU") == Layer(ELU.elu(alpha: 1)))
        #expect(try Room.read(ELU.self, "activations.elu") == Layer(ELU.elu(alpha: 1)))
        #expect(try Room.read(ELU.self, "activations.selu") == Layer(ELU.selu))
        Room.expectRefusal(of: "alpha", ELU.self, "ELU", ["alpha": .string("one")])
        Room.expectRefusal(of: "lambda", ELU.self, "ELU", ["lambda": .int(1)])
        Room.expectRefusal(of: "alpha", ELU.self, "activations.elu", ["alpha": .int(2)])
    }

    @Test func shapes() throws { #expect(try ELU.selu.outputShapes(of: [[3, 2]]) == [[3, 2]]) }

    private func lowered(
        _ layer: ELU, _ compat: Compat, io: IOType = .parallel, _ stated: [PrecisionRole: PrecisionChoice] = [:]
    ) throws -> ELUOperation {
        try Room.operation(ELUOperation.self, Room.lower(layer, compat, io: io) { $0.project.precision = stated })
    }

    @Test func nativeTypes() throws {
        let elu = try lowered(.elu(alpha: 0.5), .native), selu = try lowered(.selu, .native)
        #expect(elu.table.type == .fixed(18, 2, .rnd, .sat))
        #expect(elu.table.raw.count == 1024 && elu.table.raw[0] == 0)
        #expect(elu.negative == Constant(raw: 1, type: .ufixed(1, 0)) && elu.positive == nil)
        #expect(elu.resultType == .fixed(17, 7, .rnd))
        #expect(selu.positive?.type == .ufixed(16, 1) && selu.negative == nil)
        #expect(selu.resultType == .fixed(17, 7, .rnd))
    }

    @Test func hls4mlTypes() throws {
        let elu = try lowered(.elu(alpha: 0.5), .hls4ml)
        #expect(elu.table.type == .fixed(18, 8))
        #expect(elu.negative == Constant(raw: 512, type: .fixed(16, 6)))
        #expect(elu.resultType == .fixed(16, 6))
        #expect(try lowered(.elu(alpha: 0.3), .hls4ml, [.param: .auto]).negative?.type == .ufixed(8, -1))
        // The streaming kernel of hls4ml holds lambda in the type of its input.
        #expect(try lowered(.selu, .hls4ml).positive?.type == .ufixed(16, 1))
        #expect(try lowered(.selu, .hls4ml, io: .stream).positive?.type == .fixed(16, 6))
    }

    @Test(arguments: Compat.allCases) func statedTypes(_ compat: Compat) throws {
        let elu = try lowered(
            .elu(alpha: 0.5), compat,
            [.table: .type(.fixed(12, 2)), .param: .type(.fixed(6, 2)), .result: .type(.fixed(10, 4))])
        #expect(elu.table.type == .fixed(12, 2))
        #expect(elu.negative == Constant(raw: 8, type: .fixed(6, 2)))
        #expect(elu.resultType == .fixed(10, 4))
    }

    @Test(arguments: resultTypes) func kernel(_ result: FixedType) {
        var dice = Dice(state: 8)
        let gain = Constant(1.0507, as: .ufixed(16, 1)), drop = Constant(0.7, as: .fixed(9, 2))
        for (input, size) in [(FixedType.fixed(10, 5), 64), (.fixed(6, 6), 100), (.ufixed(8, 4), 16)] {
            for (positive, negative) in [(gain, nil), (nil, drop)] as [(Constant?, Constant?)] {
                let operation = ELUOperation(
                    resultType: result, table: dice.tensor([size], .fixed(12, 3)), positive: positive,
                    negative: negative)
                let entries = operation.table.exact
                let rise = positive?.exact ?? Exact(1), fall = negative?.exact ?? Exact(1)
                let last = Int128(size) - 1
                Room.expectKernel(operation, input, [4], samples: 6) { (x: [Exact]) -> [Int64] in
                    x.map { x -> Int64 in
                        if x >= Exact(0) { return (x * rise).raw(in: result) }
                        let place = (-x * Exact(Int128(size), over: 8)).floor
                        return (entries[Int(min(place, last))] * fall).raw(in: result)
                    }
                }
            }
        }
    }

    @Test func firmware() async throws {
        var dice = Dice(state: 6)
        let result = FixedType.fixed(9, 4, .rndConv, .sat)
        let even = dice.tensor([64], .fixed(12, 3)), odd = dice.tensor([100], .fixed(12, 3))
        try await Room.expectFirmware { _ in
            [
                ELUOperation(
                    resultType: result, table: even, positive: nil, negative: Constant(0.7, as: .fixed(9, 2))),
                ELUOperation(
                    resultType: result, table: odd, positive: Constant(1.05, as: .ufixed(16, 1)), negative: nil),
            ]
        }
    }
}
