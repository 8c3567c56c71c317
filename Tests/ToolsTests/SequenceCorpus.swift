import FixedPoint
import LayerKit
import Options
import TestSupport

@testable import Layers

/// Sequences: rows of a table, and recurrent layers.
extension Corpus {
    static func words(_ io: IOType) -> Design {
        let table = EmbeddingOperation(table: tensor([9, 3], .fixed(8, 2), seed: 11), resultType: .fixed(16, 6))
        return Design(
            io: io, compat: .native, inputs: [.init(name: "features", shape: [4], type: .int(4, signed: false))],
            nodes: [.init(name: "words", inputs: ["features"], shape: [4, 3], operation: table)], outputs: ["words"])
    }

    /// Every cell, forward and backward, with and without initial states, with one result to three of them.
    static func recurrent(_ io: IOType) -> Design {
        let steps = 4, features = 3, units = 2
        var design = Design(
            io: io, compat: .native,
            inputs: [
                .init(name: "features", shape: [steps, features], type: .fixed(10, 4)),
                .init(name: "start", shape: [units], type: .fixed(9, 3)),
                .init(name: "memory", shape: [units], type: .fixed(12, 4)),
            ], nodes: [], outputs: [])
        func add(_ name: String, _ inputs: [TensorID], _ operation: RecurrentOperation) {
            let shapes = operation.outputs.map { $0 == .sequence ? [steps, units] : [units] }
            let node = Design.Node(
                name: name, inputs: ["features"] + inputs, shapes: shapes, operation: Operation(operation))
            design.nodes.append(node)
            design.outputs += node.ids
        }
        add("plain", [], step(.simple, features, units, outputs: [.sequence], reversed: true))
        add("plain_start", ["start"], step(.simple, features, units, outputs: [.hidden], .resource, reuse: 3))
        add("lstm", [], step(.lstm, features, units, outputs: [.sequence, .hidden, .cell], .unrolled, reuse: 3))
        add("lstm_start", ["start", "memory"], step(.lstm, features, units, outputs: [.cell, .hidden]))
        add("gru", [], step(.gru(resetAfter: true), features, units, outputs: [.hidden], .latency, reuse: 2))
        add("gru_start", ["start"], step(.gru(resetAfter: true), features, units, outputs: [.sequence, .hidden]))
        add(
            "gru_before", ["start"],
            step(
                .gru(resetAfter: false), features, units, outputs: [.hidden], .resource, reuse: 2, reversed: true))
        return design
    }

    /// A recurrent layer whose sums wrap and whose states round and saturate.
    private static func step(
        _ cell: Recurrent.Cell, _ features: Int, _ units: Int, outputs: [Recurrent.Result],
        _ strategy: Strategy = .latency, reuse: Int = 1, reversed: Bool = false
    ) -> RecurrentOperation {
        let isLSTM = cell == .lstm, isSimple = cell == .simple, isBefore = cell == .gru(resetAfter: false)
        let sums = FixedType.fixed(14, 5)
        func product(_ n: Int, _ m: Int) -> DenseOperation {
            // What the features can share, the units cannot always.
            let legal = ReuseFactor.legal(inputs: n, outputs: m, weightBits: 8)
            return DenseOperation(
                weight: tensor([n, m], .fixed(8, 2), seed: n * m + units), bias: tensor([m], .fixed(8, 2), seed: m),
                accum: sums, resultType: sums, strategy: strategy, reuse: ReuseFactor.nearest(to: reuse, in: legal),
                exactSum: false)
        }
        func table(_ result: FixedType, _ seed: Int) -> Operation {
            Operation(
                TableOperation(
                    resultType: result, table: tensor([16], .fixed(9, 1), seed: seed),
                    place: .binned(first: -8, stepBits: -1)))
        }
        let relu = ReLUOperation(resultType: .fixed(12, 5), maximum: nil, threshold: nil, inclusive: false, slope: nil)
        return RecurrentOperation(
            cell: cell, input: product(features, cell.gates * units),
            state: product(units, (isBefore ? 2 : cell.gates) * units),
            candidate: isBefore ? product(units, units) : nil,
            sumType: sums, gate: isSimple ? nil : table(.ufixed(8, 1), 3),
            activation: isSimple ? Operation(relu) : table(.fixed(9, 1), 5),
            cellActivation: isLSTM ? table(.fixed(8, 1), 7) : nil,
            resetType: isSimple || isLSTM ? nil : .fixed(11, 4, .rnd),
            cellType: isLSTM ? .fixed(13, 5, .rnd, .sat) : nil,
            stateType: .fixed(10, 2, .rndConv, .sat), reversed: reversed, outputs: outputs)
    }
}
