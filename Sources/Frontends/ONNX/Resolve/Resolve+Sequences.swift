internal import Arrays
internal import Basics
internal import LayerKit

/// Recurrent networks.
extension ONNXCall {
    /// X is (steps, samples, features), or samples first with `layout` 1; W, R and B have one entry for each direction.
    ///
    /// Each direction becomes a node of its own, whose outputs are the states of all steps, the last hidden one and the
    /// last of the cell; the outputs of the file are made of those.
    mutating func resolveRecurrent() throws(LayerError) {
        let x = try operand(0), samplesFirst = try flag("layout")
        guard x.shape.count == 3, x.shape[samplesFirst ? 0 : 1] == Batch.size else {
            throw LayerError(
                "\(node.op) reads a tensor of \(Batch.text(x.shape)), but its samples are axis "
                    + "\(samplesFirst ? 0 : 1)", attribute: "layout",
                help: "export with the samples first: batch_first=True")
        }
        let gates = op == .lstm ? 4 : op == .gru ? 3 : 1
        let directions = try self.directions(), tensors = try weights(gates, directions.count)
        let steps = x.shape[samplesFirst ? 1 : 0], units = tensors.units
        try checkLengths(steps)
        let states = try initialStates(directions.count, units, samplesFirst)
        // Samples, steps, features.
        var sequence = x
        if !samplesFirst {
            sequence = emit(
                .transpose, "sequence", [x], [Batch.size, steps, x.shape[2]],
                attributes: ["perm": .integers([1, 0, 2])])
        }
        let names = try activations(directions.count)
        var all: [Operand] = [], last: [Operand] = [], cells: [Operand] = []
        for (direction, isReversed) in directions.enumerated() {
            var attributes: [String: JSONValue] = [
                "activations": .array(names[direction].map { .string($0.name) }),
                "alphas": .array(names[direction].map { $0.alpha }), "betas": .array(names[direction].map { $0.beta }),
                "reversed": .bool(isReversed),
            ]
            if op == .gru { attributes["linear_before_reset"] = .bool(try flag("linear_before_reset")) }
            let name = directions.count == 1 ? "direction" : isReversed ? "backward" : "forward"
            let given = emitRecurrent(
                name, [sequence] + states.map { $0[direction] }, steps: steps, units: units, attributes: attributes,
                tensors: tensors.of[direction])
            all.append(isReversed ? flipped(given.sequence, "\(name)_in_order") : given.sequence)
            last.append(given.hidden)
            cells += given.cell.map { [$0] } ?? []
        }
        giveStates(all, output: 0, shape: [steps, directions.count, Batch.size, units], samplesFirst, isSequence: true)
        giveStates(last, output: 1, shape: [directions.count, Batch.size, units], samplesFirst, isSequence: false)
        if op == .lstm {
            giveStates(cells, output: 2, shape: [directions.count, Batch.size, units], samplesFirst, isSequence: false)
        }
    }

    /// Whether each direction takes the steps from the last to the first.
    private func directions() throws(LayerError) -> [Bool] {
        for (name, harmless) in [("input_forget", 0)] {
            if let value = try integer(name), value != harmless { throw unsupported(name, value) }
        }
        if let clip = node.attributes["clip"], clip != .null { throw unsupported("clip", clip.summary) }
        let direction = try text("direction", default: "forward")
        switch direction {
        case "forward": return [false]
        case "reverse": return [true]
        case "bidirectional": return [false, true]
        default: throw unsupported("direction", direction)
        }
    }

    /// A function of a gate or state, and what it is called with; null: the function's own.
    private struct Activation {
        var name: String
        var alpha: JSONValue = .null
        var beta: JSONValue = .null
    }

    /// The functions of each direction. Parameters are listed for those functions alone that have them.
    private func activations(_ directions: Int) throws(LayerError) -> [[Activation]] {
        let standard = op == .lstm ? ["Sigmoid", "Tanh", "Tanh"] : op == .gru ? ["Sigmoid", "Tanh"] : ["Tanh"]
        let names = node.attributes["activations"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let stated = names.isEmpty ? (0..<directions).flatMap { _ in standard } : names
        guard stated.count == standard.count * directions else {
            throw LayerError("\(stated.count) activations of \(node.op)", attribute: "activations")
        }
        var alphas = (node.attributes["activation_alpha"]?.arrayValue ?? [])[...]
        var betas = (node.attributes["activation_beta"]?.arrayValue ?? [])[...]
        let all = stated.map { name in
            var activation = Activation(name: name)
            if ["Affine", "Elu", "HardSigmoid", "LeakyRelu", "ScaledTanh", "ThresholdedRelu"].contains(name) {
                activation.alpha = alphas.popFirst() ?? .null
            }
            if ["Affine", "HardSigmoid", "ScaledTanh"].contains(name) { activation.beta = betas.popFirst() ?? .null }
            return activation
        }
        for (name, left) in [("activation_alpha", alphas), ("activation_beta", betas)] where !left.isEmpty {
            throw LayerError(
                "\(name) of \(node.op) has \(left.count) values more than activations that take one", attribute: name)
        }
        return (0..<directions).map { Array(all[$0 * standard.count..<($0 + 1) * standard.count]) }
    }

    /// Lengths for each sequence, which must be that of all.
    private func checkLengths(_ steps: Int) throws(LayerError) {
        guard let lengths = try integers(4, "sequence_lens") else { return }
        if let other = lengths.first(where: { $0 != steps }) {
            throw LayerError(
                "sequence_lens=\(other) of \(node.op) is not supported: its sequences have \(steps) steps",
                attribute: "sequence_lens", help: "export with sequences of one length")
        }
    }

    /// Of each direction W (gates x units, features), R (gates x units, units), and the two halves of B.
    private func weights(
        _ gates: Int, _ directions: Int
    ) throws(LayerError) -> (units: Int, of: [[String: ImportTensor]]) {
        let w = try required(1, "W").load(), r = try required(2, "R").load(), b = try tensor(3, "B")?.load()
        guard w.shape.count == 3, r.shape.count == 3, let units = r.shape.last, units > 0,
            w.shape[0] == directions, r.shape == [directions, Count.times(gates, units), units],
            w.shape[1] == r.shape[1], b == nil || b?.shape == [directions, 2 * gates * units]
        else {
            throw LayerError(
                "weights of shapes \(w.shape) and \(r.shape) do not fit \(gates) gates and \(directions) directions",
                attribute: "W")
        }
        if let peepholes = try tensor(7, "P"), try peepholes.load().doubles.contains(where: { $0 != 0 }) {
            throw LayerError("peepholes of LSTM are not supported", attribute: "P")
        }
        var result: [[String: ImportTensor]] = []
        func part(_ tensor: Tensor, _ start: Int, _ shape: Shape) throws(LayerError) -> ImportTensor {
            ImportTensor(try tensor.selecting(Array(start..<start + shape.elementCount), shape: shape))
        }
        for direction in 0..<directions {
            let rows = gates * units
            var own = [
                "W": try part(w, direction * rows * w.shape[2], [rows, w.shape[2]]),
                "R": try part(r, direction * rows * units, [rows, units]),
            ]
            if let b {
                own["Wb"] = try part(b, direction * 2 * rows, [rows])
                own["Rb"] = try part(b, direction * 2 * rows + rows, [rows])
            }
            result.append(own)
        }
        return (units, result)
    }

    private mutating func flipped(_ x: Operand, _ part: String) -> Operand {
        emit(
            .slice, part, [x], x.shape,
            attributes: [
                "starts": .integers([0, x.shape[1] - 1, 0]), "steps": .integers([1, -1, 1]),
                "counts": .integers(x.shape),
            ])
    }

    /// States of all directions, samples first, in the file's order.
    private mutating func giveStates(
        _ states: [Operand], output: Int, shape: Shape, _ samplesFirst: Bool, isSequence: Bool
    ) {
        guard node.outputs.indices.contains(output), node.outputs[output] != "" else { return }
        // Samples, (steps,) directions, units.
        let parts = states.enumerated().map { index, state in
            let own = state.shape.dropLast() + [1] + state.shape.suffix(1)
            return emit(
                .reshape, "state\(output)_\(index)", [state], Array(own), attributes: ["shape": .integers(Array(own))])
        }
        var all = parts[0]
        let axis = isSequence ? 2 : 1
        if parts.count > 1 {
            var wide = all.shape
            wide[axis] = parts.count
            all = emit(.concat, "states\(output)", parts, wide, attributes: ["axis": .int(axis)])
        }
        if samplesFirst { return give(.identity, [all], all.shape, output: output) }
        let order = isSequence ? [1, 2, 0, 3] : [1, 0, 2]
        give(
            .transpose, [all], order.map { all.shape[$0] }, attributes: ["perm": .integers(order)], output: output)
    }
}
