internal import Arrays
internal import Basics
internal import LayerKit

/// Operators of one element by itself, and of several tensors element by element.
extension ONNXCall {
    mutating func resolveUnary() throws(LayerError) {
        let x = try operand(0)
        var attributes: [String: JSONValue] = [:]
        func state(_ name: String, default standard: Double) throws(LayerError) -> (String, JSONValue) {
            (name, .double(try number(name, default: standard)))
        }
        var stated: [(String, JSONValue)] = []
        switch op {
        case .celu, .elu, .thresholdedRelu, .swish: stated = [try state("alpha", default: 1)]
        case .leakyRelu: stated = [try state("alpha", default: 0.01)]
        case .hardSigmoid: stated = [try state("alpha", default: 0.2), try state("beta", default: 0.5)]
        case .selu:
            stated = [
                try state("alpha", default: 1.67326319217681884765625),
                try state("gamma", default: 1.05070102214813232421875),
            ]
        case .shrink: stated = [try state("bias", default: 0), try state("lambd", default: 0.5)]
        case .gelu: stated = [("approximate", .string(try text("approximate", default: "none")))]
        case .clip:
            for (place, name) in [(1, "min"), (2, "max")] {
                if let bound = try scalar(place, name) { stated.append((name, .double(bound))) }
            }
        case .pow:
            if try operand(1).constant?.shape.elementCount == 1, let exponent = try scalar(1, "exponent") {
                stated = [("exponent", .double(exponent))]
            } else if x.constant != nil, try operand(1).constant != nil {
                let exponent = try operand(1)
                return give(.pow, [x, exponent], try Self.broadcast([x, exponent]))
            } else {
                throw LayerError(
                    "a power with an exponent for each element, or one that is computed, is not supported",
                    attribute: "Y")
            }
        default: break
        }
        if op == .selu, stated.contains(where: { !isStandardSELU($0.0, $0.1) }) {
            // gamma times ELU: other constants than those of the paper.
            let y = emit(.elu, "elu", [x], x.shape, attributes: ["alpha": stated[0].1])
            return give(.identity, [scaled(y, by: stated[1].1.numberValue ?? 1, "gamma")], x.shape)
        }
        if op == .swish, let alpha = stated[0].1.numberValue, alpha != 1 {
            let gate = emit(.sigmoid, "gate", [scaled(x, by: alpha, "alpha")], x.shape)
            return give(.mul, [x, gate], x.shape)
        }
        for (name, value) in stated { attributes[name] = value }
        give(op, [x], x.shape, attributes: attributes)
    }

    private func isStandardSELU(_ name: String, _ value: JSONValue) -> Bool {
        let wanted = name == "alpha" ? 1.6732632423543772 : 1.0507009873554805
        return abs((value.numberValue ?? 0) - wanted) < 1e-5
    }

    /// What comes in goes out. Numbers of the network are real: a cast to whole ones would round them.
    mutating func resolveIdentity() throws(LayerError) {
        let x = try operand(0)
        guard op == .cast, let type = try integer("to") else { return give(.identity, [x], x.shape) }
        let isReal = [1, 10, 11, 16].contains(type)
        guard isReal || x.constant != nil else {
            throw unsupported(
                "to", type, help: "numbers between layers are real: leave casts to whole numbers and truths out")
        }
        give(.cast, [x], x.shape, attributes: ["to": .int(type)])
    }

    mutating func resolveBroadcast() throws(LayerError) {
        guard let first = all.first else { throw LayerError("\(node.op) reads nothing") }
        if all.count == 1 { return give(.identity, [first], first.shape) }
        give(op, all, try Self.broadcast(all))
    }

    /// The shape that tensors have together.
    static func broadcast(_ operands: [Operand]) throws(LayerError) -> Shape {
        var shape = operands.first?.shape ?? []
        for other in operands.dropFirst() {
            let rank = max(shape.count, other.shape.count)
            let a = [Int](repeating: 1, count: rank - shape.count) + shape
            let b = [Int](repeating: 1, count: rank - other.shape.count) + other.shape
            guard zip(a, b).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else {
                throw LayerError(
                    "tensors of shapes \(Batch.text(shape)) and \(Batch.text(other.shape)) cannot be brought to one")
            }
            shape = zip(a, b).map { $0 == 1 ? $1 : $0 }
        }
        return shape
    }

    mutating func resolvePRelu() throws(LayerError) {
        let x = try operand(0)
        let slope = try required(1, "slope")
        _ = try Self.broadcast([x, try operand(1)])
        give(.pRelu, [x], x.shape, tensors: ["slope": slope])
    }

    /// `Where(mask, x, y)` with a constant mask is `x mask + y (1 - mask)`.
    mutating func resolveWhere() throws(LayerError) {
        let condition = try operand(0), x = try operand(1), y = try operand(2)
        let shape = try Self.broadcast([condition, x, y])
        if condition.constant != nil, x.constant != nil, y.constant != nil {
            return give(.where, [condition, x, y], shape)
        }
        guard let mask = condition.constant else {
            throw LayerError(
                "'condition' of Where is computed from what enters the network: only constants are supported",
                attribute: "condition")
        }
        let loaded = try mask.load()
        let ones = loaded.doubles.map { $0 == 0 ? Float(0) : 1 }
        guard let chosen = Tensor(shape: mask.shape, values: ones),
            let other = Tensor(shape: mask.shape, values: ones.map { 1 - $0 })
        else { throw LayerError("'condition' of Where is no tensor", attribute: "condition") }
        let parts = [
            try masked(x, chosen, "chosen"), try masked(y, other, "other"),
        ]
        give(.add, parts, shape)
    }

    private mutating func masked(_ operand: Operand, _ mask: Tensor, _ part: String) throws(LayerError) -> Operand {
        var operand = operand
        // Minus infinity where a softmax follows: the least finite number is as good.
        if let value = operand.constant {
            let loaded = try value.load()
            if loaded.infiniteCount > 0 {
                let finite = loaded.singles.map {
                    max(-Float.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, $0))
                }
                guard let tensor = Tensor(shape: loaded.shape, values: finite) else {
                    throw LayerError("a value of Where is no tensor")
                }
                operand = constant("\(part)_finite", tensor)
            }
        }
        let factor = constant("\(part)_mask", mask)
        return emit(.mul, part, [operand, factor], try Self.broadcast([operand, factor]))
    }
}
