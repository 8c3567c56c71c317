internal import Arrays
internal import Basics
internal import LayerKit

/// Tensors behind each other along an axis.
extension ONNXCall {
    mutating func resolveConcat() throws(LayerError) {
        guard let first = all.first, let stated = try integer("axis") else {
            throw LayerError("Concat without inputs or axis", attribute: "axis")
        }
        let at = try axis(stated, of: first.shape.count)
        if all.count == 1 { return give(.identity, [first], first.shape) }
        let shape = try Self.joined(all, at), isConstant = all.map { $0.constant != nil }
        guard isConstant.contains(true), isConstant.contains(false) else {
            return give(.concat, all, shape, attributes: ["axis": .int(at)])
        }
        give(.identity, [try joinedWithConstants(all, at, shape)], shape)
    }

    /// Adds the operands behind each other.
    mutating func emitJoined(_ operands: [Operand], _ at: Int) throws(LayerError) -> Operand {
        let shape = try Self.joined(operands, at), isConstant = operands.map { $0.constant != nil }
        guard isConstant.contains(true), isConstant.contains(false) else {
            return emit(
                .concat, "both", operands, shape, attributes: ["axis": .int(at)])
        }
        return try joinedWithConstants(operands, at, shape)
    }

    /// The shape of operands behind each other. Constants have one sample, which stands for all.
    private static func joined(_ operands: [Operand], _ at: Int) throws(LayerError) -> Shape {
        guard var shape = operands.first(where: { $0.constant == nil })?.shape ?? operands.first?.shape else {
            return []
        }
        let sample = shape
        shape[at] = 0
        for other in operands {
            guard other.shape.count == shape.count,
                shape.indices.allSatisfy({
                    $0 == at || sample[$0] == other.shape[$0]
                        || (sample[$0] == Batch.size && other.shape[$0] == 1 && other.constant != nil)
                })
            else {
                throw LayerError(
                    "tensors of shapes \(Batch.text(sample)) and \(Batch.text(other.shape)) cannot stand behind each "
                        + "other along axis \(at)", attribute: "axis")
            }
            shape[at] = Count.plus(shape[at], other.shape[at])
        }
        return shape
    }

    /// Zeros stand where the constants are, and the constants are added.
    private mutating func joinedWithConstants(
        _ operands: [Operand], _ at: Int, _ shape: Shape
    ) throws(LayerError) -> Operand {
        guard shape[at] != Batch.size, !Batch.isPart(of: shape[at]) else {
            throw LayerError("it puts samples and constants behind each other", attribute: "axis")
        }
        var whole = shape.map { $0 == Batch.size ? 1 : $0 }
        whole[at] = shape[at]
        guard let count = Count.elements(whole), count <= InputLimit.tensor.elements else {
            throw LayerError("a tensor of shape \(Batch.text(shape)) is too large", attribute: "axis")
        }
        var numbers = [Float](repeating: 0, count: count)
        let steps = Strides.steps(of: whole)
        var parts: [Operand] = [], begin = 0, index = 0
        while index < operands.count {
            if let constant = operands[index].constant {
                let loaded = try constant.load(), own = loaded.shape
                let places = Places.all(own, steps: steps, from: begin * steps[at])
                for (place, number) in zip(places, loaded.singles) { numbers[place] = number }
                begin += own[at]
                index += 1
                continue
            }
            let run = Array(operands[index...].prefix { $0.constant == nil })
            index += run.count
            parts.append(try surrounded(run, at, begin, shape))
            begin += run.reduce(0) { $0 + $1.shape[at] }
        }
        guard let constants = Tensor(shape: whole, values: numbers) else { throw LayerError("\(whole) is no shape") }
        let sum = emit(.add, "joined", [parts[0], constant("constants", constants)], shape)
        return parts.dropFirst().reduce(sum) { emit(.add, "joined", [$0, $1], shape) }
    }

    /// Operands behind each other, with zeros before and behind them.
    private mutating func surrounded(
        _ run: [Operand], _ at: Int, _ begin: Int, _ shape: Shape
    ) throws(LayerError) -> Operand {
        var own = shape
        own[at] = run.reduce(0) { $0 + $1.shape[at] }
        let x = run.count == 1 ? run[0] : emit(.concat, "run", run, own, attributes: ["axis": .int(at)])
        var before = shape.map { _ in 0 }, behind = before
        before[at] = begin
        behind[at] = shape[at] - own[at] - begin
        return emit(
            .pad, "surrounded", [x], shape, attributes: ["pads": .integers(before + behind), "value": .double(0)])
    }
}
