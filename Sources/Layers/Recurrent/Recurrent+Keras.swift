internal import Basics
internal import LayerKit

extension Recurrent {
    /// Classes `SimpleRNN` and `LSTM`; Keras' order of gates is the room's.
    static func fromKeras(_ site: ImportSite, _ cell: Cell) throws(LayerError) -> Recurrent {
        try site.expectAttributes(
            "units", "use_bias", "activation", "recurrent_activation", "return_sequences", "return_state",
            "go_backwards", "stateful", "time_major", "reset_after", KerasCallNames.initialState,
            withoutEffect: [
                "unroll", "dropout", "recurrent_dropout", "implementation", "unit_forget_bias", "use_cudnn",
                "zero_output_for_mask",
            ])
        for name in ["stateful", "time_major"] where try site.flag(name, default: false) {
            throw LayerError(
                "\(name) is not supported", attribute: name, help: "build the model with \(name)=False")
        }
        let biased = try site.flag("use_bias", default: true)
        let weights = try site.expectWeights(["kernel", "recurrent_kernel"] + (biased ? ["bias"] : []))
        if let units = try site.integers("units"), units != [weights[1].shape.first ?? 0] {
            throw LayerError(
                "\(units.map(String.init).joined(separator: ", ")) units, but the recurrent kernel has shape "
                    + "\(weights[1].shape)", attribute: "units", help: "do the weights belong to this model?")
        }
        var result = Recurrent(
            cell, kernel: weights[0], recurrentKernel: weights[1],
            activation: try KerasFunction.layer(site, "activation", default: "tanh"),
            recurrentActivation: try KerasFunction.layer(
                site, "recurrent_activation", default: cell.recurrentDefault),
            reversed: try site.flag("go_backwards", default: false),
            results: [try site.flag("return_sequences", default: false) ? .sequence : .hidden])
        if biased { (result.bias, result.recurrentBias) = try rows(weights[2]) }
        if try site.flag("return_state", default: false) {
            result.results += cell == .lstm ? [.hidden, .cell] : [.hidden]
        }
        return result
    }

    /// Class `GRU`; `reset_after` states where the reset gate applies, and brings a second row of biases with it.
    static func fromKerasGRU(_ site: ImportSite) throws(LayerError) -> Recurrent {
        try fromKeras(site, .gru(resetAfter: try site.flag("reset_after", default: false)))
    }

    /// A bias alone, or one row for the input and one for the state.
    private static func rows(_ bias: Tensor) throws(LayerError) -> (Tensor?, Tensor?) {
        guard bias.shape.count == 2 else { return (bias, nil) }
        let values = bias.singles, count = bias.shape[1]
        guard bias.shape[0] == 2 else {
            throw LayerError("the bias has shape \(bias.shape), expected one or two rows", attribute: "bias")
        }
        return (Tensor(Array(values[..<count])), Tensor(Array(values[count...])))
    }
}

extension Recurrent.Cell {
    /// The activation of gates where a file names none.
    fileprivate var recurrentDefault: String {
        switch self {
        case .simple: "linear"
        case .lstm, .gru: "sigmoid"
        }
    }
}
