internal import Basics
public import LayerKit
public import Options

/// A recurrent layer over the first axis of its input, (steps, features): a plain one, LSTM, or GRU.
///
/// Further inputs are the states before the first step: the hidden one, and for LSTM the cell's; zeros where there are
/// none.
public struct Recurrent: ModelLayer {
    public enum Cell: Hashable, Sendable, Codable {
        /// `h' = act(x W + b + h U + b_U)`.
        case simple
        /// Gates input, forget, cell, output: `c' = f c + i g`, `h' = o act(c')`.
        case lstm
        /// Gates update, reset, candidate: `h' = z h + (1 - z) g`, with `g = act(x W + b + r (h U + b_U))` where the reset
        /// comes after the product, else `act(x W + b + (r h) U + b_U)`.
        case gru(resetAfter: Bool)

        /// How many blocks of columns the kernels have.
        public var gates: Int {
            switch self {
            case .simple: 1
            case .lstm: 4
            case .gru: 3
            }
        }
    }

    /// What the layer gives.
    public enum Result: String, Hashable, Sendable, Codable {
        /// The hidden state of every step, in the order in which the steps are taken.
        case sequence
        /// The hidden state behind the last step, and that of an LSTM's cell.
        case hidden, cell
    }

    public var cell: Cell
    /// Shape (features, gates x units), the gates in the cell's order.
    public var kernel: Tensor
    /// Shape (units, gates x units).
    public var recurrentKernel: Tensor
    /// Added to the products with the input: gates x units values.
    public var bias: Tensor?
    /// Added to the products with the state.
    public var recurrentBias: Tensor?
    /// Of the state; of gates `recurrentActivation`.
    public var activation: Layer
    public var recurrentActivation: Layer
    /// Of GRU's reset gate, where it is another than that of the update gate.
    public var resetActivation: Layer?
    /// What is rounded inside the layer; nil: nothing is.
    public var quantizers: Quantizers?
    /// Whether the steps are taken from the last to the first.
    public var reversed: Bool
    public var results: [Result]

    public init(
        _ cell: Cell, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor? = nil, recurrentBias: Tensor? = nil,
        activation: any ModelLayer = TableActivation.tanh,
        recurrentActivation: any ModelLayer = TableActivation.sigmoid,
        reversed: Bool = false, results: [Result] = [.hidden]
    ) {
        self.cell = cell
        self.kernel = kernel
        self.recurrentKernel = recurrentKernel
        self.bias = bias
        self.recurrentBias = recurrentBias
        self.activation = Layer(activation)
        self.recurrentActivation = Layer(recurrentActivation)
        self.reversed = reversed
        self.results = results
    }

    /// Numbers that are rounded in every step; what is nil stays as it is.
    public struct Quantizers: Hashable, Sendable, Codable {
        /// What a step takes from the one before it: the hidden state, and of LSTM the cell's as well.
        public var state: Layer?
        /// Of GRU: what the reset gate is multiplied with, or where it comes before the product, that multiple.
        public var reset: Layer?
        /// Of the plain cell: what its activation is computed of.
        public var sum: Layer?

        public init(state: Layer? = nil, reset: Layer? = nil, sum: Layer? = nil) {
            self.state = state
            self.reset = reset
            self.sum = sum
        }
    }

    public static let key = "recurrent"
    public static var operations: [any DesignOperation.Type] { [RecurrentOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "SimpleRNN", inputs: 1...2) { site throws(LayerError) in
                try fromKeras(site, .simple)
            },
            ImportRule(.keras, "LSTM", inputs: 1...3) { site throws(LayerError) in try fromKeras(site, .lstm) },
            ImportRule(.keras, "GRU", inputs: 1...2, read: fromKerasGRU),
            ImportRule(.onnx, "RNN", inputs: 1...2) { site throws(LayerError) in try fromONNX(site, .simple) },
            ImportRule(.onnx, "LSTM", inputs: 1...3) { site throws(LayerError) in try fromONNX(site, .lstm) },
            ImportRule(.onnx, "GRU", inputs: 1...2) { site throws(LayerError) in
                try fromONNX(site, .gru(resetAfter: try site.flag("linear_before_reset", default: false)))
            },
        ]
    }

    public var typeName: String {
        switch cell {
        case .simple: "SimpleRNN"
        case .lstm: "LSTM"
        case .gru: "GRU"
        }
    }

    public var precisionRoles: [PrecisionRole] {
        [.result, .weight, .bias, .recurrentWeight, .recurrentBias, .accum, .table]
    }
    public var usedOptions: [LayerOption] { [.reuse, .recurrentReuse, .strategy, .tableSize] }
    public var presence: LayerPresence { .operation }

    public var units: Int { recurrentKernel.shape.first ?? 0 }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        guard let shape = inputs.first, shape.count == 2, shape[0] > 0 else {
            throw LayerError("the input has shape \(inputs.first ?? []), expected steps and features")
        }
        let columns = Count.times(cell.gates, units)
        guard units > 0, kernel.shape == [shape[1], columns], recurrentKernel.shape == [units, columns] else {
            throw LayerError(
                "kernels of shapes \(kernel.shape) and \(recurrentKernel.shape) do not fit \(shape[1]) features and "
                    + "\(cell.gates) gates", attribute: "kernel")
        }
        for bias in [bias, recurrentBias].compactMap(\.self) where bias.shape != [columns] {
            throw LayerError("a bias has shape \(bias.shape), expected (\(columns))", attribute: "bias")
        }
        let states = cell == .lstm ? 2 : 1
        guard inputs.count == 1 || inputs.count == 1 + states, inputs.dropFirst().allSatisfy({ $0 == [units] }) else {
            throw LayerError(
                "its initial states have shapes \(Array(inputs.dropFirst())), expected \(states) of (\(units))",
                attribute: "initial_state")
        }
        guard cell == .lstm || !results.contains(.cell) else {
            throw LayerError("only LSTM has the state of a cell")
        }
        return results.map { $0 == .sequence ? [shape[0], units] : [units] }
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let run = RecurrentRun(self, steps: shapes[0][0])
        let results = results
        return FloatKernel { inputs, samples in
            let end = run(inputs, samples: samples, keepsSequence: results.contains(.sequence))
            return results.map { result in
                switch result {
                case .sequence: end.sequence
                case .hidden: end.hidden
                case .cell: end.cell
                }
            }
        }
    }

    public func absorbing(_ affine: Affine) -> Recurrent? { nil }
}
