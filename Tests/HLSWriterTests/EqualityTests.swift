import FirmwareSupport
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// Compiled firmware gives the integers of the Design: what has many forms, extreme types, wiring. The tests of each room
/// compile its other operations.
@Suite struct EqualityTests {
    /// A design in which every case reads one of the inputs and is an output.
    private struct Bench {
        var design: Design
        var dice = Dice(state: 3)

        init(_ io: IOType, _ inputs: [(String, Shape, FixedType)]) {
            design = Design(
                io: io, compat: .native, inputs: inputs.map { .init(name: $0.0, shape: $0.1, type: $0.2) }, nodes: [],
                outputs: [])
        }

        mutating func add(_ name: String, _ input: String, _ operation: any DesignOperation, shape: Shape? = nil) {
            let source = design.inputs.first { $0.name == input }?.shape
            design.nodes.append(
                .init(name: name, inputs: [TensorID(input)], shape: shape ?? source ?? [], operation: operation))
            design.outputs.append(TensorID(name))
        }
    }

    private static let s16 = FixedType.fixed(16, 6), u10 = FixedType.ufixed(10, 4)

    @Test(arguments: IOType.allCases) func dense(_ io: IOType) async throws {
        var bench = Bench(io, [("s", [6], Self.s16), ("u", [6], Self.u10), ("grid", [3, 4], .fixed(8, 3))])
        let saturating = FixedType.fixed(11, 4, .rndConv, .sat)
        var dice = bench.dice
        bench.add("plain", "s", Fixture.dense(&dice, 6, 4), shape: [4])
        bench.add("wrapping", "s", Fixture.dense(&dice, 6, 4, accum: .fixed(12, 3), result: .fixed(9, 3)), shape: [4])
        bench.add(
            "saturating", "s", Fixture.dense(&dice, 6, 4, accum: saturating, result: .ufixed(8, 3, .rnd, .satSym)),
            shape: [4])
        bench.add(
            "unsigned", "u",
            Fixture.dense(&dice, 6, 4, weight: .ufixed(6, 1), bias: .int(1, signed: false), result: .int(7)),
            shape: [4])
        bench.add(
            "integers", "u", Fixture.dense(&dice, 6, 4, weight: .int(3), accum: .int(9), result: .fixed(12, 9)),
            shape: [4])
        bench.add(
            "distributed", "s",
            Fixture.dense(
                &dice, 6, 4, accum: nil, result: .fixed(10, 5, .rnd, .sat),
                .distributedArithmetic), shape: [4])
        bench.add("positions", "grid", Fixture.dense(&dice, 4, 5), shape: [3, 5])
        bench.add("unrolled", "u", Fixture.dense(&dice, 6, 4, accum: saturating, .unrolled, reuse: 3), shape: [4])
        bench.add("shared", "s", Fixture.dense(&dice, 6, 4, accum: saturating, reuse: 5), shape: [4])
        bench.dice = dice
        try await expectEqual(bench.design)
    }

    @Test(arguments: IOType.allCases) func resource(_ io: IOType) async throws {
        var bench = Bench(io, [("s", [6], Self.s16), ("grid", [3, 4], .fixed(8, 3))])
        let saturating = FixedType.fixed(11, 4, .rndConv, .sat)
        var dice = bench.dice
        for reuse in ReuseFactor.legal(inputs: 6, outputs: 4, weightBits: 8) {
            bench.add(
                "reuse_\(reuse)", "s", Fixture.dense(&dice, 6, 4, accum: saturating, .resource, reuse: reuse),
                shape: [4])
        }
        bench.add("positions", "grid", Fixture.dense(&dice, 4, 5, .resource, reuse: 2), shape: [3, 5])
        bench.dice = dice
        try await expectEqual(bench.design)
    }

    @Test(arguments: IOType.allCases) func softmax(_ io: IOType) async throws {
        var bench = Bench(io, [("s", [5], Self.s16), ("u", [5], Self.u10), ("grid", [3, 4], .fixed(8, 3))])
        for (input, type, shape) in [("s", Self.s16, [5]), ("u", Self.u10, [5]), ("grid", .fixed(8, 3), [3, 4])] {
            for method in SoftmaxImplementation.allCases {
                for compat in Compat.allCases {
                    bench.add(
                        "\(input)_\(method.rawValue)_\(compat.rawValue)", input,
                        try Fixture.softmax(type, shape, method, compat: compat))
                }
            }
        }
        try await expectEqual(bench.design)
    }

    /// Types without integer or fraction bits, wide ones, saturated upper bits, single elements, tables larger than the
    /// words that address them.
    @Test(arguments: IOType.allCases) func edges(_ io: IOType) async throws {
        let tiny = FixedType.fixed(6, -2), huge = FixedType.fixed(7, 11), wide = FixedType.fixed(40, 20)
        let bits = FixedType(width: 7, integer: 3, overflow: .wrap, saturationBits: 2)
        var bench = Bench(io, [("tiny", [3], tiny), ("huge", [3], huge), ("wide", [3], wide), ("one", [1], .int(2))])
        var dice = bench.dice
        for input in ["tiny", "huge", "wide"] {
            bench.add("\(input)_bits", input, CastOperation(bits))
            bench.add("\(input)_wide", input, CastOperation(.fixed(62, 31, .rndInf, .satZero)))
            bench.add(
                "\(input)_fc", input, Fixture.dense(&dice, 3, 2, accum: .fixed(60, 30), result: wide), shape: [2])
            bench.add(
                "\(input)_da", input,
                Fixture.dense(&dice, 3, 2, accum: nil, result: .fixed(50, 30), .distributedArithmetic), shape: [2])
            let table = dice.tensor([256], .fixed(9, 1))
            bench.add(
                "\(input)_table", input,
                TableOperation(resultType: .fixed(9, 1), table: table, place: .centred(rangeBits: 4)))
            let type = input == "tiny" ? tiny : input == "huge" ? huge : wide
            bench.add(
                "\(input)_bins", input,
                TableOperation(
                    resultType: .fixed(9, 1), table: table, place: .binned(first: -32, stepBits: -type.fraction)))
            bench.add(
                "\(input)_wide_bins", input,
                TableOperation(
                    resultType: .fixed(9, 1), table: table, place: .binned(first: -1, stepBits: type.integer)))
        }
        bench.add("one_fc", "one", Fixture.dense(&dice, 1, 1), shape: [1])
        bench.add("one_softmax", "one", try Fixture.softmax(.int(2), [1], .stable))
        for input in ["tiny", "huge"] {
            let type = input == "tiny" ? tiny : huge
            let tables = SoftmaxOperation.Tables(
                exp: dice.tensor([256], .ufixed(9, 1)), accum: .ufixed(12, 3), invInput: .ufixed(6, 3),
                inverse: dice.tensor([128], .ufixed(9, 1)))
            let difference = FixedType(width: 6, integer: type.integer, signed: false, overflow: .sat)
            bench.add(
                "\(input)_stable", input,
                SoftmaxOperation(resultType: .ufixed(9, 1), method: .stable(difference: difference, tables)))
            var exponentials = tables.exp
            exponentials.raw[0] = 256
            bench.add(
                "\(input)_scaled", input,
                SoftmaxOperation(
                    resultType: .ufixed(9, 1),
                    method: .scaled(
                        difference: difference, exp: exponentials, accum: .ufixed(11, 3), growth: 2,
                        inverse: tables.inverse)))
            bench.add(
                "\(input)_latency", input, SoftmaxOperation(resultType: .ufixed(9, 1), method: .latency(tables)))
        }
        try await expectEqual(bench.design)
    }

    /// Several inputs, outputs that are read elsewhere, an input as an output, views, a tensor with many readers.
    @Test(arguments: IOType.allCases, [Strategy.latency, .resource]) func wiring(_ io: IOType, _ strategy: Strategy)
        async throws
    {
        var dice = Dice(state: 5)
        let type = FixedType.fixed(8, 3)
        let view = ReshapeOperation(resultType: .uniform(type))
        let design = Design(
            io: io, compat: .native,
            inputs: [.init(name: "a", shape: [2, 6], type: type), .init(name: "b", shape: [4], type: .ufixed(5, 2))],
            nodes: [
                .init(name: "flat", inputs: ["a"], shape: [12], operation: view),
                .init(name: "wide", inputs: ["flat"], shape: [3, 4], operation: view),
                .init(name: "square", inputs: ["a"], shape: [2, 2, 3], operation: view),
                .init(name: "same", inputs: ["a"], shape: [1, 2, 6], operation: view),
                .init(
                    name: "fc", inputs: ["flat"], shape: [4],
                    operation: Fixture.dense(&dice, 12, 4, strategy, reuse: 2)),
                .init(name: "act", inputs: ["fc"], shape: [4], operation: Fixture.relu(.ufixed(7, 3, .rnd, .sat))),
                .init(name: "unused", inputs: ["fc"], shape: [4], operation: Fixture.relu(type)),
                .init(name: "fc2", inputs: ["act"], shape: [3], operation: Fixture.dense(&dice, 4, 3)),
                .init(name: "fc3", inputs: ["b"], shape: [3], operation: Fixture.dense(&dice, 4, 3)),
                .init(name: "tall", inputs: ["wide"], shape: [6, 2], operation: view),
                .init(name: "tallrelu", inputs: ["tall"], shape: [6, 2], operation: Fixture.relu(type)),
            ],
            outputs: ["fc2", "fc", "a", "b", "act", "wide", "square", "same", "fc3", "tallrelu", "fc2"])
        try await expectEqual(design)
    }

    @Test func tagger() async throws {
        for io in IOType.allCases { try await expectEqual(Fixture.tagger(io), samples: 30) }
    }
}
