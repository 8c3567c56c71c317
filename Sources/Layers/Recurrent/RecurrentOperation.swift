public import FixedPoint
public import LayerKit
internal import Options

/// A recurrent layer on integers: at each of its steps the products with the input and with the state, their sum, and
/// what the cell makes of it. The steps begin with the states that come in, or with zeros.
public struct RecurrentOperation: DesignOperation {
    public var cell: Recurrent.Cell
    /// The product with the input: a sum for each unit of each gate, the gates in the cell's order.
    public var input: DenseOperation
    /// The product with the hidden state. Where the reset comes before it, that of the candidate is `candidate`.
    public var state: DenseOperation
    /// The product with what the reset leaves of the state.
    public var candidate: DenseOperation?
    /// Of the sums of both products.
    public var sumType: FixedType
    /// Of gates; nil for a plain layer, which has none.
    public var gate: Operation?
    /// Of the sum that makes the state, or what is to join it.
    public var activation: Operation
    /// Of an LSTM's cell.
    public var cellActivation: Operation?
    /// What the reset gate is multiplied to: the product with the state, or the state.
    public var resetType: FixedType?
    /// The state of an LSTM's cell.
    public var cellType: FixedType?
    /// The hidden state.
    public var stateType: FixedType
    /// Whether the steps are taken from the last to the first.
    public var reversed: Bool
    public var outputs: [Recurrent.Result]

    public static let key = "recurrent"
    public static let kernels: Set<String> = [
        "recurrent", "recurrent_two", "recurrent_three", "recurrent_h", "recurrent_h_two", "recurrent_h_three",
        "recurrent_hc", "recurrent_hc_two", "recurrent_hc_three", "recurrent_start_zero", "recurrent_start_h",
        "recurrent_start_hc", "recurrent_steps",
    ]
    public var results: [ElementTypes] { outputs.map { .uniform($0 == .cell ? cellType ?? stateType : stateType) } }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary {
        OperationSummary(
            kind, weight: input.weight.types, bias: input.bias.types, accum: input.accum,
            tables: activations.compactMap { $0.as(TableOperation.self) }.prefix(1).map {
                .init(.table, $0.table.type)
            },
            strategy: input.strategy, reuse: input.reuse)
    }

    private var kind: String {
        switch cell {
        case .simple: "simple rnn"
        case .lstm: "lstm"
        case .gru: "gru"
        }
    }

    public var units: Int { state.inputCount }
    public var features: Int { input.inputCount }

    /// The first output is the layer's own.
    public func outputName(_ index: Int) -> String {
        outputs.indices.contains(index) ? outputs[index].rawValue : "\(index)"
    }

    /// What a product is multiplied with, or a function is computed of.
    var activations: [Operation] { [gate, activation, cellActivation].compactMap(\.self) }

    /// The type of `1 - z` for a gate z, exact.
    var restType: FixedType? {
        gate.map { gate in
            let integer = max(gate.result.integer, 1) + 2, fraction = max(gate.result.fraction, 0)
            return FixedType(width: integer + fraction, integer: integer)
        }
    }
}

extension Operation {
    /// The type of the elements of an operation's only output.
    var result: FixedType { definition.results[0].storage }
}
