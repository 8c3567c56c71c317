internal import Basics
internal import LayerKit

extension Recurrent {
    /// One direction of operators `RNN`, `LSTM` and `GRU`: W and R have a row for each unit of each gate, in the order
    /// input, output, forget, cell for LSTM, update, reset, candidate for GRU.
    static func fromONNX(_ site: ImportSite, _ cell: Cell) throws(LayerError) -> Recurrent {
        try site.expectAttributes("activations", "alphas", "betas", "reversed", "linear_before_reset")
        let biased = site.tensors["Wb"] != nil
        let tensors = try site.expectWeights(["W", "R"] + (biased ? ["Wb", "Rb"] : []))
        let order = cell == .lstm ? [0, 2, 3, 1] : Array(0..<cell.gates)
        let functions = site.attributes["activations"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let alphas = site.attributes["alphas"]?.arrayValue ?? [], betas = site.attributes["betas"]?.arrayValue ?? []
        func same(_ values: [JSONValue]) -> Bool { values.count < 3 || values[1] == values[2] }
        guard !functions.isEmpty, functions.count < 3 || functions[1] == functions[2], same(alphas), same(betas) else {
            throw LayerError(
                "activations \(functions) are not supported", attribute: "activations",
                help: "the cell's state and its input have the same")
        }
        func function(_ place: Int) throws(LayerError) -> any ModelLayer {
            func number(_ values: [JSONValue]) -> Float? {
                values.indices.contains(place) ? values[place].numberValue.map { Float($0) } : nil
            }
            return try activation(functions[place], number(alphas), number(betas))
        }
        return Recurrent(
            cell, kernel: try columns(tensors[0], order), recurrentKernel: try columns(tensors[1], order),
            bias: biased ? try columns(tensors[2], order) : nil,
            recurrentBias: biased ? try columns(tensors[3], order) : nil, activation: try function(functions.count - 1),
            recurrentActivation: try function(0),
            reversed: try site.flag("reversed", default: false),
            results: cell == .lstm ? [.sequence, .hidden, .cell] : [.sequence, .hidden])
    }

    /// Rows of gates as columns, the gates in another order; a vector stays one.
    private static func columns(_ tensor: Tensor, _ order: [Int]) throws(LayerError) -> Tensor {
        let rows = tensor.shape[0] / order.count, width = tensor.shape.count > 1 ? tensor.shape[1] : 1
        let values = tensor.singles
        var result: [Float] = []
        for column in 0..<width {
            for gate in order {
                for row in 0..<rows { result.append(values[(gate * rows + row) * width + column]) }
            }
        }
        let shape = tensor.shape.count > 1 ? [width, tensor.shape[0]] : tensor.shape
        guard let turned = Tensor(shape: shape, values: result) else {
            throw LayerError("weights of shape \(tensor.shape)", attribute: "W")
        }
        return turned
    }

    private static func activation(_ name: String, _ alpha: Float?, _ beta: Float?) throws(LayerError) -> any ModelLayer
    {
        switch name {
        case "Sigmoid": return TableActivation.sigmoid
        case "Tanh": return TableActivation.tanh
        case "Relu": return ReLU(.relu)
        case "Softsign": return TableActivation.softsign
        case "Softplus": return TableActivation.softplus
        case "HardSigmoid": return HardSigmoid(slope: alpha ?? 0.2, shift: beta ?? 0.5)
        case "LeakyRelu": return ReLU(.leakyReLU, slope: Tensor([alpha ?? 0.01]))
        case "ThresholdedRelu": return ReLU(.thresholdedReLU, threshold: alpha ?? 1)
        case "Elu": return ELU.elu(alpha: alpha ?? 1)
        default:
            throw LayerError(
                "the activation '\(name)' is not supported", attribute: "activations",
                help: "Sigmoid, Tanh, Relu, LeakyRelu, ThresholdedRelu, Elu, Softsign, Softplus and HardSigmoid are")
        }
    }
}
