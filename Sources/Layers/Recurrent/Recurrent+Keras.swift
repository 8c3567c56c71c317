internal import Basics
internal import LayerKit

extension Recurrent {
    /// Classes `SimpleRNN` and `LSTM`; Keras' order of gates is the room's.
    static func fromKeras(_ whole: ImportSite, _ cell: Cell) throws(LayerError) -> Recurrent {
        // Numbers behind a slash are those of quantizers inside.
        let site = whole.with(tensors: whole.tensors.filter { !$0.key.has("/") })
        try site.expectAttributes(
            "units", "use_bias", "activation", "recurrent_activation", "return_sequences", "return_state",
            "go_backwards", "stateful", "time_major", "reset_after", KerasCallNames.initialState,
            "reset_activation", "state_quantizer", "reset_quantizer", "sum_quantizer",
            withoutEffect: [
                "unroll", "dropout", "recurrent_dropout", "implementation", "unit_forget_bias", "use_cudnn",
                "zero_output_for_mask", "seed",
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
        let inside = whole.with(inputs: [[weights[1].shape.first ?? 0]])
        func quantizer(_ name: String) throws(LayerError) -> Layer? {
            site.attributes[name] ?? .null == .null
                ? nil : Layer(try KerasFunction.layer(inside, name, default: "linear"))
        }
        var result = Recurrent(
            cell, kernel: weights[0], recurrentKernel: weights[1],
            activation: try KerasFunction.layer(inside, "activation", default: "tanh"),
            recurrentActivation: try KerasFunction.layer(
                inside, "recurrent_activation", default: cell.recurrentDefault),
            reversed: try site.flag("go_backwards", default: false),
            results: [try site.flag("return_sequences", default: false) ? .sequence : .hidden])
        if biased { (result.bias, result.recurrentBias) = try rows(weights[2]) }
        result.resetActivation = try quantizer("reset_activation")
        let quantizers = Quantizers(
            state: try quantizer("state_quantizer"), reset: try quantizer("reset_quantizer"),
            sum: try quantizer("sum_quantizer"))
        if quantizers != Quantizers() { result.quantizers = quantizers }
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

extension ImportSite {
    /// The same with other numbers, or other shapes that come in.
    fileprivate func with(tensors: [String: ImportTensor]? = nil, inputs: [Shape?]? = nil) -> ImportSite {
        ImportSite(
            key, layer: layer, attributes: attributes, tensors: tensors ?? self.tensors, inputs: inputs ?? self.inputs)
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
