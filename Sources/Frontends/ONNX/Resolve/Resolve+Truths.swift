internal import Arrays
internal import Basics
internal import LayerKit

/// Truths that depend on what enters the network: numbers that are 1 where it is so, and 0 elsewhere.
extension ONNXCall {
    /// `x > y` is `max(0, sign(x - y))`, and the others are made of such.
    mutating func resolveTruth() throws(LayerError) {
        guard all.contains(where: { $0.constant == nil }) else {
            return try op == .not ? resolveUnary() : resolveBroadcast()
        }
        let shape = try Self.broadcast(all), x = try operand(0)
        if op == .not { return give(.identity, [opposite(x)], shape) }
        let y = try operand(1)
        switch op {
        case .and: give(.mul, [x, y], shape)
        case .or: give(.max, [x, y], shape)
        case .xor: give(.identity, [different(x, y, shape)], shape)
        case .equal: give(.identity, [opposite(different(x, y, shape))], shape)
        case .greater: give(.identity, [above(x, y, shape)], shape)
        case .less: give(.identity, [above(y, x, shape)], shape)
        case .greaterOrEqual: give(.identity, [opposite(above(y, x, shape))], shape)
        default: give(.identity, [opposite(above(x, y, shape))], shape)
        }
    }

    private mutating func above(_ x: Operand, _ y: Operand, _ shape: Shape) -> Operand {
        let distance = emit(.sub, "distance", [x, y], shape), way = emit(.sign, "way", [distance], shape)
        return emit(.relu, "above", [way], shape)
    }

    private mutating func different(_ x: Operand, _ y: Operand, _ shape: Shape) -> Operand {
        let distance = emit(.sub, "distance", [x, y], shape)
        return truth(distance)
    }

    /// 1 where a number is not 0.
    mutating func truth(_ x: Operand) -> Operand {
        emit(.abs, "differs", [emit(.sign, "way", [x], x.shape)], x.shape)
    }

    private mutating func opposite(_ x: Operand) -> Operand {
        emit(.sub, "not", [constant("one", Tensor([1])), x], x.shape)
    }

    /// `Where(condition, x, y)` is `condition x + (1 - condition) y`.
    mutating func resolveWhere() throws(LayerError) {
        let condition = try operand(0), x = try operand(1), y = try operand(2)
        let shape = try Self.broadcast([condition, x, y])
        if condition.constant != nil, x.constant != nil, y.constant != nil {
            return give(.where, [condition, x, y], shape)
        }
        var mask = condition
        let other: Operand
        if let known = condition.constant {
            let ones = try known.load().doubles.map { $0 == 0 ? Float(0) : 1 }
            guard let chosen = Tensor(shape: known.shape, values: ones),
                let rest = Tensor(shape: known.shape, values: ones.map { 1 - $0 })
            else { throw LayerError("'condition' of Where is no tensor", attribute: "condition") }
            mask = constant("chosen_mask", chosen)
            other = constant("other_mask", rest)
        } else {
            other = opposite(condition)
        }
        // A zero that is chosen adds nothing.
        if try Self.isZero(y), try Self.broadcast([x, mask]) == shape { return try give(x, times: mask, shape) }
        if try Self.isZero(x), try Self.broadcast([y, other]) == shape { return try give(y, times: other, shape) }
        let chosen = try finite(x, "chosen"), rest = try finite(y, "other")
        give(
            .add,
            [
                emit(.mul, "chosen", [chosen, mask], try Self.broadcast([chosen, mask])),
                emit(.mul, "other", [rest, other], try Self.broadcast([rest, other])),
            ], shape)
    }

    private static func isZero(_ operand: Operand) throws(LayerError) -> Bool {
        guard let constant = operand.constant, constant.shape.elementCount == 1 else { return false }
        return try constant.load().doubles == [0]
    }

    private mutating func give(_ x: Operand, times mask: Operand, _ shape: Shape) throws(LayerError) {
        give(.mul, [try finite(x, "chosen"), mask], shape)
    }

    /// Constants without infinities, which stand where a softmax follows: the largest finite number is as good.
    mutating func finite(_ operand: Operand, _ part: String) throws(LayerError) -> Operand {
        guard let loaded = try operand.constant?.load(), loaded.infiniteCount > 0 else { return operand }
        let largest = Float.greatestFiniteMagnitude
        guard let tensor = Tensor(shape: loaded.shape, values: loaded.singles.map { max(-largest, min(largest, $0)) })
        else { throw LayerError("a value of \(node.op) is no tensor") }
        return constant("\(part)_finite", tensor)
    }
}
