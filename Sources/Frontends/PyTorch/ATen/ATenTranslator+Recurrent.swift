internal import Arrays
internal import Basics
internal import LayerKit

/// Recurrent layers: each direction of each layer is an operator of its own, in ONNX's order of gates.
extension ATenTranslator {
    enum Recurrence {
        case lstm, gru, tanh, relu

        var op: String {
            switch self {
            case .lstm: "LSTM"
            case .gru: "GRU"
            case .tanh, .relu: "RNN"
            }
        }

        /// Which gate of PyTorch stands where in ONNX: input, forget, cell, output become input, output, forget, cell;
        /// reset, update, new become update, reset, new.
        var gates: [Int] {
            switch self {
            case .lstm: [0, 3, 1, 2]
            case .gru: [1, 0, 2]
            case .tanh, .relu: [0]
            }
        }
    }

    mutating func recurrent(_ kind: Recurrence) throws(LayerError) -> [ATenValue] {
        ignore("dropout")
        guard try !flag("train") else { throw Self.training }
        let layers = try integer("num_layers", default: 1), directions = try flag("bidirectional") ? 2 : 1
        let hasBiases = try flag("has_biases", default: true), batchFirst = try flag("batch_first")
        let weights = try list("params")
        let perDirection = hasBiases ? 4 : 2
        guard layers > 0, weights.count == layers * directions * perDirection else {
            throw LayerError(
                "it has \(weights.count) weights for \(layers) layers; projections (proj_size) are not read")
        }
        let start: [ATenValue]
        if case .tensor = call.arguments["hx"] { start = [try value("hx")] } else { start = try list("hx") }
        var sequence = try ordered(try sequence(batchFirst))
        var last: [[String]] = [[], []]
        var sizes = 0
        for layer in 0..<layers {
            let own = try (0..<directions).map { direction throws(LayerError) in
                try (0..<perDirection).map { index throws(LayerError) in
                    let value = weights[(layer * directions + direction) * perDirection + index]
                    guard let tensor = value.constant else {
                        throw LayerError("its weights are computed by the network")
                    }
                    return tensor
                }
            }
            sizes = own[0][1].shape.last ?? 0
            let names = try step(kind, own, sequence, start, layer: layer, of: layers, hasBiases: hasBiases)
            for (index, name) in names.dropFirst().enumerated() { last[index].append(name) }
            let features = [atom(directions)], hidden = [atom(sizes)]
            sequence = ATenValue(
                source: .node(names[0]), axes: [[.batch], sequence.axes[1], features, hidden],
                dims: [[.batch], sequence.axes[1], features + hidden])
            if layer < layers - 1 { sequence = try ordered(sequence) }
        }
        let result = batchFirst ? sequence : sequence.permuted([1, 0, 2])
        return [result]
            + (try last.prefix(kind == .lstm ? 2 : 1).enumerated().map { index, names throws(LayerError) in
                try states(names, directions, sizes, index)
            })
    }

    /// The samples, steps and features that come in, in this order.
    private mutating func sequence(_ batchFirst: Bool) throws(LayerError) -> ATenValue {
        let input = try value("input")
        guard input.dims.count == 3 else {
            throw LayerError("its input has \(input.dims.count) axes; samples, steps and features are expected")
        }
        let order = batchFirst ? input : input.permuted([1, 0, 2])
        guard order.dims[0] == [.batch] else {
            throw LayerError(
                "it goes from sample to sample: the first axis of its input is that of the steps",
                attribute: "batch_first", help: "batch_first=True has the samples first")
        }
        return order
    }

    /// The node of a layer: outputs for each step, the last of them, and of an LSTM its last cells.
    private mutating func step(
        _ kind: Recurrence, _ weights: [[Tensor]], _ input: ATenValue, _ start: [ATenValue], layer: Int, of layers: Int,
        hasBiases: Bool
    ) throws(LayerError) -> [String] {
        let hidden = weights[0][1].shape.last ?? 0, count = kind.gates.count
        let directions = weights.count
        guard hidden > 0, weights.allSatisfy({ $0[1].shape == [count * hidden, hidden] && $0[0].shape.count == 2 }),
            weights.allSatisfy({ $0.allSatisfy { $0.shape[0] == count * hidden } })
        else { throw LayerError("its weights have the shapes \(weights[0].map(\.shape))") }
        func joined(_ index: Int) -> Tensor? {
            let parts = weights.map { $0[index].gates(kind.gates, hidden) }
            return Tensor(
                shape: [directions] + weights[0][index].shape, values: parts.flatMap { $0 })
        }
        let tag = layers > 1 ? "_l\(layer)" : ""
        var inputs = [node(of: input)]
        for (index, part) in [(0, "kernel"), (1, "recurrent")] {
            guard let tensor = joined(index) else { throw LayerError("its weights are not of one shape") }
            inputs.append(constantNode(tensor, for: "\(label.name)\(tag)_\(part)"))
        }
        if hasBiases {
            let biases = weights.flatMap { $0[2].gates(kind.gates, hidden) + $0[3].gates(kind.gates, hidden) }
            guard let tensor = Tensor(shape: [directions, 2 * count * hidden], values: biases) else {
                throw LayerError("its biases are not of one shape")
            }
            inputs.append(constantNode(tensor, for: "\(label.name)\(tag)_bias"))
        } else {
            inputs.append("")
        }
        let states = try start.prefix(kind == .lstm ? 2 : 1).map { state throws(LayerError) in
            try initial(state, layer, directions)
        }
        if states.contains(where: { $0 != nil }) {
            inputs += [""] + states.map { $0 ?? "" }
            while inputs.last == "" { inputs.removeLast() }
        } else if inputs.last == "" {
            inputs.removeLast()
        }
        var attributes: [String: JSONValue] = [
            "hidden_size": .int(hidden), "layout": .int(1),
            "direction": .string(directions == 2 ? "bidirectional" : "forward"),
        ]
        if kind == .gru { attributes["linear_before_reset"] = .int(1) }
        if kind == .relu {
            attributes["activations"] = .array([JSONValue](repeating: .string("Relu"), count: directions))
        }
        let isLast = layer == layers - 1
        return emit(
            kind.op, inputs, attributes, part: isLast ? nil : "l\(layer)", outputs: kind == .lstm ? 3 : 2)
    }

    /// The state that a layer starts with, samples first; nil for zeros.
    private mutating func initial(_ state: ATenValue, _ layer: Int, _ directions: Int) throws(LayerError) -> String? {
        if let tensor = state.constant, tensor.doubles.allSatisfy({ $0 == 0 }) { return nil }
        guard state.dims.count == 3 else { throw LayerError("the state that it starts with has not three axes") }
        let own = try part(
            of: state, 0, from: layer * directions, count: directions, step: 1, name: "state\(layer)")
        guard own.isPerSample, own.dims[1] == [.batch] else {
            throw LayerError("it starts with a state that is neither zero nor computed for each sample")
        }
        return node(of: try ordered(own.permuted([1, 0, 2])))
    }

    /// The last states of all layers: layers and directions, samples, features.
    private mutating func states(_ names: [String], _ directions: Int, _ hidden: Int, _ index: Int) throws(LayerError)
        -> ATenValue
    {
        let parts = names.map { name in
            let axes = [[atom(directions)], [atom(hidden)]]
            return ATenValue(source: .node(name), axes: [[.batch]] + axes, dims: [axes[0], [.batch], axes[1]])
        }
        let output = call.outputs.indices.contains(index + 1) ? call.outputs[index + 1] : nil
        // What nobody reads is not joined.
        guard let output, read.contains(output), parts.count > 1 else {
            var result = parts[0]
            if parts.count > 1 { result.dims[0] = [atom(directions * parts.count)] }
            return result
        }
        return try joined(parts, 0, part: "states\(index)")
    }
}

extension Tensor {
    /// The numbers of each gate in another order of the gates, which follow each other along the first axis.
    fileprivate func gates(_ order: [Int], _ size: Int) -> [Float] {
        let values = singles
        let block = values.count / order.count
        return order.flatMap { values[$0 * block..<($0 + 1) * block] }
    }
}
