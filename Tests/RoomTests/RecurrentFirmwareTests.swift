import Basics
import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

/// Recurrent layers on integers.
@Suite struct RecurrentFirmwareTests {
    private static let steps = 5, features = 2, units = 3
    private static let type = FixedType.fixed(10, 3)

    private static let cells = [Recurrent.Cell.simple, .lstm, .gru(resetAfter: true), .gru(resetAfter: false)]

    private static func layer(
        _ cell: Recurrent.Cell, _ activation: any ModelLayer = TableActivation.tanh, reversed: Bool = false,
        results: [Recurrent.Result] = [.sequence]
    ) throws -> Recurrent {
        let columns = cell.gates * units
        return Recurrent(
            cell, kernel: try Trained.tensor([features, columns], 1),
            recurrentKernel: try Trained.tensor([units, columns], 2), bias: try Trained.tensor([columns], 3),
            recurrentBias: try Trained.tensor([columns], 4), activation: activation, reversed: reversed,
            results: results)
    }

    /// Inputs of the layer: its features, and states where it is given some.
    private static func inputs(_ cell: Recurrent.Cell, startsAtZero: Bool) -> [(FixedType, Shape)] {
        [(type, [steps, features])]
            + (startsAtZero
                ? [] : [(FixedType.fixed(9, 2), [units])] + (cell == .lstm ? [(.fixed(9, 3), [units])] : []))
    }

    private static func operation(
        _ layer: Recurrent, _ compat: Compat = .native, startsAtZero: Bool = true,
        _ state: (inout OptionTable) -> Void = { _ in }
    ) throws -> RecurrentOperation {
        let lowered = try Room.lower(
            layer, compat, inputs: inputs(layer.cell, startsAtZero: startsAtZero), state)
        return try Room.operation(RecurrentOperation.self, lowered)
    }

    /// A design of layers side by side.
    private static func design(_ io: IOType, _ layers: [(Recurrent, RecurrentOperation, startsAtZero: Bool)]) -> Design
    {
        var design = Design(io: io, compat: .native, inputs: [], nodes: [], outputs: [])
        for (place, (layer, operation, startsAtZero)) in layers.enumerated() {
            let tensors = inputs(layer.cell, startsAtZero: startsAtZero)
            let names = tensors.indices.map { "x\(place)_\($0)" }
            for (name, tensor) in zip(names, tensors) {
                design.inputs.append(.init(name: name, shape: tensor.1, type: tensor.0))
            }
            let node = Design.Node(
                name: "y\(place)", inputs: names.map { TensorID($0) },
                shapes: operation.outputs.map { $0 == .sequence ? [steps, units] : [units] },
                operation: Operation(operation))
            design.nodes.append(node)
            design.outputs += node.ids
        }
        return design
    }

    /// Natively no number of any step overflows, so that the integers follow the floats as far as types and tables are
    /// fine: also for activations without bounds.
    @Test(arguments: cells, [false, true]) func integersFollowFloats(cell: Recurrent.Cell, startsAtZero: Bool) throws {
        for activation: any ModelLayer in [TableActivation.tanh, ReLU(.relu)] {
            let results: [Recurrent.Result] = cell == .lstm ? [.sequence, .hidden, .cell] : [.sequence, .hidden]
            let layer = try Self.layer(cell, activation, reversed: startsAtZero, results: results)
            let operation = try Self.operation(layer, startsAtZero: startsAtZero)
            let design = Self.design(.parallel, [(layer, operation, startsAtZero)])
            let placed = try PlacedDesign(design), reference = try Reference(design)
            #expect(operation.fault(placed.sites[0]) == nil)
            let kernel = layer.floatKernel(design.inputs.map(\.shape))
            var dice = Dice(state: 3)
            for sample in 0..<20 {
                let raw = design.inputs.flatMap { input in
                    (0..<input.shape.elementCount).map { _ in
                        let type = input.spec.type
                        return sample < 4
                            ? [Int64(type.rawMin), Int64(type.rawMax)][Int(dice.next() % 2)] : dice.raw(type)
                    }
                }
                var rest = raw[...]
                let x = design.inputs.map { input in
                    let own = rest.prefix(input.shape.elementCount)
                    rest = rest.dropFirst(own.count)
                    return own.map { input.spec.type.value($0) }
                }
                let want = kernel(x, samples: 1).flatMap { $0 }
                let types = placed.outputs.flatMap { [FixedType](repeating: $0.type, count: $0.count) }
                let have = zip(reference.run(raw), types).map { $1.value($0) }
                let largest = want.reduce(1) { max($0, abs($1)) }
                for (have, want) in zip(have, want) {
                    #expect(abs(have - want) < 0.1 * largest, "\(cell) \(activation) \(have) \(want)")
                }
            }
        }
    }

    /// hls4ml: sums and functions in the accumulator's type, states in the result's.
    @Test func peerTypes() throws {
        let operation = try Self.operation(try Self.layer(.lstm), .hls4ml) { options in
            options.project.defaultPrecision = .type(.fixed(18, 7))
            options.layers["x"] = LayerOptions()
            options.layers["x"]?.precision = [
                .accum: .type(.fixed(20, 8)), .recurrentWeight: .type(.fixed(9, 2)), .table: .type(.fixed(12, 2)),
            ]
            options.layers["x"]?.tableSize = 256
        }
        #expect(operation.input.weight.type == .fixed(18, 7))
        #expect(operation.state.weight.type == .fixed(9, 2))
        #expect(
            [operation.input.accum, operation.input.resultType, operation.sumType] == [
                .fixed(20, 8), .fixed(20, 8), .fixed(20, 8),
            ])
        #expect(operation.stateType == .fixed(18, 7))
        #expect(operation.cellType == .fixed(18, 7))
        let gate = try #require(operation.gate?.as(TableOperation.self))
        #expect(gate.resultType == .fixed(20, 8))
        #expect(gate.table.type == .fixed(12, 2))
        #expect(gate.table.raw.count == 256)
    }

    /// Types follow from what is bounded: a state between -1 and 1, a cell that grows by 1 in each step.
    @Test func nativeTypes() throws {
        let operation = try Self.operation(try Self.layer(.lstm))
        #expect(operation.stateType == .fixed(18, 2, .rnd))
        #expect(operation.cellType == .fixed(20, 4, .rnd))
        #expect(operation.input.exactSum)
        #expect(operation.state.exactSum)
        let stated = try Self.operation(try Self.layer(.simple)) { $0.project.defaultPrecision = .type(.fixed(12, 2)) }
        #expect(stated.stateType == .fixed(12, 2))
        #expect(stated.state.exactSum)
    }

    @Test func reuseOfBothProducts() throws {
        let operation = try Self.operation(try Self.layer(.gru(resetAfter: true))) { options in
            options.project.strategy = .resource
            options.project.reuse = 2
            options.project.recurrentReuse = 3
        }
        #expect(operation.input.reuse == 2)
        #expect(operation.state.reuse == 3)
        let error = #expect(throws: DiagnosticError.self) {
            try Self.operation(try Self.layer(.simple)) { options in
                options.project.strategy = .resource
                options.project.recurrentReuse = 5
            }
        }
        #expect(error?.diagnostics.first?.subject == ["layers", "x", "recurrent_reuse"])
    }

    @Test func whatHasNoFirmwareIsRefused() throws {
        var rounding = try Self.layer(.simple)
        rounding.quantizers = Recurrent.Quantizers(sum: Layer(Linear()))
        #expect(throws: DiagnosticError.self) { try Self.operation(rounding) }
        let unknown = try Self.layer(.simple, Unary(.sin))
        #expect(throws: DiagnosticError.self) { try Self.operation(unknown) }
        // A state that each step multiplies is beyond any type before long.
        var growing = try Self.layer(.simple, ReLU(.relu))
        let large = growing.recurrentKernel.singles.map { $0 * 1e4 }
        growing.recurrentKernel = try #require(Tensor(shape: [Self.units, Self.units], values: large))
        #expect(throws: DiagnosticError.self) { try Self.operation(growing) }
    }

    /// The C++ computes what the kernels compute.
    @Test(arguments: IOType.allCases) func firmware(io: IOType) async throws {
        func resource(_ options: inout OptionTable) {
            options.project.strategy = .resource
            options.project.reuse = 2
            options.project.recurrentReuse = 3
        }
        let lstm = try Self.layer(.lstm, results: [.sequence, .hidden, .cell])
        let before = try Self.layer(.gru(resetAfter: false), reversed: true, results: [.sequence])
        let after = try Self.layer(.gru(resetAfter: true), results: [.hidden])
        let design = Self.design(
            io,
            [
                (lstm, try Self.operation(lstm, .hls4ml, startsAtZero: false), false),
                (before, try Self.operation(before, startsAtZero: false, resource), false),
                (after, try Self.operation(after), true),
            ])
        let wrong = try await Simulation.differences(of: design)
        #expect(wrong.isEmpty, "samples of each output that differ: \(wrong)")
    }
}
