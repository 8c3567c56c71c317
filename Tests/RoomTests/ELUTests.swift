import Basics
import FirmwareSupport
import FixedPoint
import Glibc
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
        // Parts of 2^-8 down to -8, which err by less than the last of ten places.
        #expect(elu.table.raw.count == 2048 && elu.rangeBits == 3)
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
        #expect(elu.rangeBits == 3 && elu.table.raw.count == 1024 && elu.table.raw[0] == 0)
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

    static let stated: [(FixedType, FixedType)] = [
        (.fixed(12, 4), .fixed(8, 4, .rnd, .sat)), (.fixed(16, 6), .fixed(16, 6)), (.fixed(14, 5), .fixed(18, 5)),
        (.ufixed(12, 3), .ufixed(16, 4)), (.int(6), .fixed(10, 6)),
    ]

    /// Below zero, over all that can come in: where nothing is said, what is looked up is not off by more than the
    /// result's last place.
    @Test(arguments: [ELU.elu(alpha: 1), .elu(alpha: 0.5), .selu], stated)
    func whatIsCoarseIsSaid(_ layer: ELU, _ types: (input: FixedType, result: FixedType)) throws {
        for size in [nil, 100, 1024] {
            let lowered = try Room.lower(layer, .native, types.input, shape: [1]) {
                $0.project.precision = [.result: .type(types.result)]
                $0.project.tableSize = size
            }
            let operation = try Room.operation(ELUOperation.self, lowered)
            #expect(operation.resultType == types.result && operation.table.raw.count <= size ?? 4096)
            let type = types.input, count = operation.table.raw.count, drop = operation.negative?.value ?? 1
            let site = OperationSite(
                io: .parallel, inputs: [TensorSpec(type, [1])], outputs: [TensorSpec(types.result, [1])])
            #expect(operation.fault(site) == nil)
            let values = operation.table.values.map { $0 * drop }
            let scale = Double(count) / Double(sign: .plus, exponent: operation.rangeBits, significand: 1)
            let x = type.signed ? (Int64(type.rawMin)..<0).map { type.value($0) } : []
            let exact = x.isEmpty ? [] : layer.floatKernel([[x.count]])([x], samples: 1)[0]
            let worst = zip(x, exact).reduce(0.0) {
                max($0, abs(values[min(count - 1, Int(-$1.0 * scale))] - $1.1))
            }
            #expect(lowered.warnings.isEmpty == (worst <= types.result.step), "\(worst) \(lowered.warnings)")
            if let warning = lowered.warnings.first {
                #expect(warning.message.contains("is off by up to \(FunctionTable.short(worst)), and \(types.result)"))
            }
        }
    }

    /// A result that nobody stated has no place that the table does not fill.
    @Test func noPlaceOfAResultIsNoise() throws {
        let type = FixedType.fixed(16, 6)
        let elu = try Room.operation(ELUOperation.self, Room.lower(ELU.elu(alpha: 1), .native, type))
        let values = elu.table.values
        let scale = Double(values.count) / Double(sign: .plus, exponent: elu.rangeBits, significand: 1)
        let worst = (Int64(type.rawMin)..<0).reduce(0.0) { worst, raw in
            let x = type.value(raw)
            return max(worst, abs(values[min(values.count - 1, Int(-x * scale))] - expm1(x)))
        }
        let step = elu.resultType.step
        #expect(worst <= step && worst > step / 2, "\(worst) of \(elu.resultType)")
        let never = try Room.operation(ELUOperation.self, Room.lower(ELU.elu(alpha: 1), .native, .ufixed(24, 6)))
        #expect(never.resultType == .ufixed(25, 7, .rnd) && never.table.raw.count == 2)
    }

    /// Below zero a factor below zero gives what is above it.
    @Test func boundsHoldForAnyFactor() throws {
        let type = FixedType.fixed(10, 4)
        for alpha: Float in [0.75, -2] {
            let lowered = try Room.lower(ELU.elu(alpha: alpha), .native, type, shape: [1])
            let operation = try Room.operation(ELUOperation.self, lowered)
            let site = OperationSite(
                io: .parallel, inputs: [TensorSpec(type, [1])], outputs: [TensorSpec(operation.resultType, [1])])
            let kernel = operation.kernel64(site), bounds = lowered.parts[0].ranges[0]
            for raw in stride(from: Int64(type.rawMin), through: Int64(type.rawMax), by: 3) {
                let y = operation.resultType.value(Room.run(kernel, [raw], 1)[0])
                let exact = ELU.elu(alpha: alpha).floatKernel([[1]])([[type.value(raw)]], samples: 1)[0][0]
                #expect(bounds.low[0] <= y && y <= bounds.high[0] && abs(y - exact) < 0.003, "\(alpha) \(raw)")
            }
        }
    }

    @Test(arguments: resultTypes) func kernel(_ result: FixedType) {
        var dice = Dice(state: 8)
        let gain = Constant(1.0507, as: .ufixed(16, 1)), drop = Constant(0.7, as: .fixed(9, 2))
        for (input, size, bits) in [(FixedType.fixed(10, 5), 64, 3), (.fixed(6, 6), 100, 5), (.ufixed(8, 4), 16, 1)] {
            for (positive, negative) in [(gain, nil), (nil, drop)] as [(Constant?, Constant?)] {
                let operation = ELUOperation(
                    resultType: result, table: dice.tensor([size], .fixed(12, 3)), rangeBits: bits,
                    positive: positive, negative: negative)
                let entries = operation.table.exact
                let rise = positive?.exact ?? Exact(1), fall = negative?.exact ?? Exact(1)
                let last = Int128(size) - 1
                Room.expectKernel(operation, input, [4], samples: 6) { (x: [Exact]) -> [Int64] in
                    x.map { x -> Int64 in
                        if x >= Exact(0) { return (x * rise).raw(in: result) }
                        let place = (-x * Exact(Int128(size), over: 1 << Int128(bits))).floor
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
                    resultType: result, table: even, rangeBits: 3, positive: nil,
                    negative: Constant(0.7, as: .fixed(9, 2))),
                ELUOperation(
                    resultType: result, table: even, rangeBits: -1, positive: nil,
                    negative: Constant(0.7, as: .fixed(9, 2))),
                ELUOperation(
                    resultType: result, table: odd, rangeBits: 2, positive: Constant(1.05, as: .ufixed(16, 1)),
                    negative: nil),
            ]
        }
    }
}
