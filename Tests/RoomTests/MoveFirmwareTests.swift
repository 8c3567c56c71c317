import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

/// What merges, joins, moves, looks up and reduces tensors, as C++: two tensors of other types and shapes that go along, and all
/// ways in which streams are read.
@Suite struct MoveFirmwareTests {
    private static func design(_ io: IOType) -> Design {
        var design = Design(
            io: io, compat: .native,
            inputs: [
                .init(name: "a", shape: [4, 3], type: .fixed(9, 4)),
                .init(name: "b", shape: [4, 3], type: .ufixed(7, 2)),
                .init(name: "row", shape: [3], type: .fixed(6, 3)),
                .init(name: "column", shape: [4, 1], type: .fixed(8, 2)),
            ], nodes: [], outputs: [])
        func add(_ name: String, _ inputs: [String], _ shape: Shape, _ operation: any DesignOperation) {
            design.nodes.append(
                .init(name: name, inputs: inputs.map { TensorID($0) }, shape: shape, operation: operation))
            design.outputs.append(TensorID(name))
        }
        let narrow = FixedType.fixed(8, 4, .rndConv, .sat)
        for kind in MergeOperation.Kind.allCases {
            add("\(kind)", ["a", "b"], [4, 3], MergeOperation(kind, resultType: narrow))
            add("\(kind)_row", ["row", "a"], [4, 3], MergeOperation(kind, resultType: .fixed(20, 8)))
            add("\(kind)_column", ["b", "column"], [4, 3], MergeOperation(kind, resultType: .fixed(10, 5)))
        }
        add("outer", ["row", "column"], [4, 3], MergeOperation(.multiply, resultType: narrow))
        add("channels", ["a", "column"], [4, 4], ConcatenationOperation(axis: 1, resultType: .uniform(narrow)))
        let types: [FixedType] = [.fixed(9, 4), .ufixed(7, 2)].flatMap { [$0, $0, $0, $0] }
        add("positions", ["a", "b"], [8, 3], ConcatenationOperation(axis: 0, resultType: .axis(0, types)))
        let own = ElementTypes.uniform(.fixed(9, 4))
        let table = QuantizedTensor(
            type: .fixed(9, 3), shape: [5, 2], raw: [3, -255, 77, 0, -1, 19, 254, -6, 100, 31])
        for (name, input, shape) in [("words", "row", [3, 2]), ("grid", "b", [4, 3, 2])] {
            add(name, [input], shape, EmbeddingOperation(table: table, resultType: narrow))
        }
        for (name, offsets) in [
            ("transposed", [[0, 1, 2], [0, 3, 6, 9]]), ("some", [[3, 9], [2, 0]]),
            ("backwards", [[9, 6, 3, 0], [0, 1, 2]]),
            ("flat", [[11, 0, 5]]),
        ] {
            add(name, ["a"], offsets.map(\.count), RearrangementOperation(offsets: offsets, resultType: own))
        }
        for kind in ReductionOperation.Kind.allCases {
            let accum: FixedType? = kind == .sum || kind == .mean ? .fixed(12, 6) : nil
            for (word, axes, shape) in [("each", [0], [3]), ("rows", [1], [4]), ("all", [0, 1], [1])] {
                add(
                    "\(kind)_\(word)", ["a"], shape,
                    ReductionOperation(kind: kind, axes: axes, accum: accum, resultType: narrow))
            }
        }
        add(
            "products", ["a", "b"], [4, 4],
            EinsumOperation(
                operands: ["ij", "kj"], result: "ik", accum: .fixed(14, 6), resultType: .fixed(9, 5, .rnd, .sat)))
        return design
    }

    @Test(arguments: IOType.allCases) func emulatorAndFirmwareAgree(io: IOType) async throws {
        let wrong = try await Simulation.differences(of: Self.design(io))
        #expect(wrong.isEmpty, "samples of each output that differ: \(wrong)")
    }
}
