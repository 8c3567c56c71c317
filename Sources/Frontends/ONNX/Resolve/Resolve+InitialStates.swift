internal import Arrays
internal import Basics
internal import LayerKit

/// What recurrent networks begin with.
extension ONNXCall {
    /// States before the first step, for each kind of state one for each direction; none where all are zeros.
    mutating func initialStates(
        _ directions: Int, _ units: Int, _ samplesFirst: Bool
    ) throws(LayerError) -> [[Operand]] {
        let kinds = op == .lstm ? [(5, "initial_h"), (6, "initial_c")] : [(5, "initial_h")]
        var stated = false
        for (place, _) in kinds where has(place) {
            stated =
                try operand(place).constant.map { constant throws(LayerError) in
                    try constant.load().doubles.contains { $0 != 0 }
                } ?? true || stated
        }
        guard stated else { return [] }
        var states: [[Operand]] = []
        for (place, name) in kinds {
            var own: [Operand] = []
            for direction in 0..<directions {
                own.append(try initialState(place, name, direction, [directions, units], samplesFirst))
            }
            states.append(own)
        }
        return states
    }

    /// The state of one direction: (samples, units), or as many constants as units.
    private mutating func initialState(
        _ place: Int, _ name: String, _ direction: Int, _ sizes: [Int], _ samplesFirst: Bool
    ) throws(LayerError) -> Operand {
        let directions = sizes[0], units = sizes[1], part = "\(name)_\(direction)"
        guard has(place) else { return constant(part, Tensor([Float](repeating: 0, count: units))) }
        let state = try operand(place), axis = samplesFirst ? 1 : 0
        guard state.shape.count == 3, state.shape[axis] == directions, state.shape[2] == units else {
            throw LayerError(
                "'\(name)' of shape \(Batch.text(state.shape)) for \(directions) directions and \(units) units",
                attribute: name)
        }
        if let trained = state.constant {
            let values = try trained.load().singles, samples = state.shape[1 - axis]
            let rows = (0..<samples).map { sample in
                let row = samplesFirst ? sample * directions + direction : direction * samples + sample
                return Array(values[row * units..<(row + 1) * units])
            }
            // A model that was exported for some number of samples has a row for each.
            guard let first = rows.first, rows.allSatisfy({ $0 == first }) else {
                throw LayerError(
                    "'\(name)' of \(node.op) is different for each sample: not supported", attribute: name)
            }
            return constant(part, Tensor(first))
        }
        guard state.shape[1 - axis] == Batch.size else {
            throw LayerError("'\(name)' of \(Batch.text(state.shape)) has no axis of the samples", attribute: name)
        }
        var samples = state
        if !samplesFirst {
            samples = emit(
                .transpose, "\(part)_samples", [state], [Batch.size, directions, units],
                attributes: ["perm": .integers([1, 0, 2])])
        }
        let one = emit(
            .slice, "\(part)_own", [samples], [Batch.size, 1, units],
            attributes: [
                "starts": .integers([0, direction, 0]), "steps": .integers([1, 1, 1]),
                "counts": .integers([Batch.size, 1, units]),
            ])
        return emit(
            .reshape, part, [one], [Batch.size, units], attributes: ["shape": .integers([Batch.size, units])])
    }
}
