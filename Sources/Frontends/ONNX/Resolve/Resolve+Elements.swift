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

    /// What comes in goes out. Numbers of the network are real: a cast to whole ones drops what is behind the point, and
    /// one to truths asks whether a number is 0.
    mutating func resolveIdentity() throws(LayerError) {
        let x = try operand(0)
        guard op == .cast, let type = try integer("to") else { return give(.identity, [x], x.shape) }
        let isReal = [1, 10, 11, 16].contains(type)
        if isReal || x.constant != nil { return give(.cast, [x], x.shape, attributes: ["to": .int(type)]) }
        // Strings, complex numbers and those of 8 bits with a point.
        guard (2...9).contains(type) && type != 8 || type == 12 || type == 13 else { throw unsupported("to", type) }
        if x.isWhole && type != 9 { return give(.identity, [x], x.shape) }
        if type == 9 { return give(.identity, [truth(x)], x.shape) }
        let size = emit(.floor, "size", [emit(.abs, "distance", [x], x.shape)], x.shape)
        give(.mul, [size, emit(.sign, "side", [x], x.shape)], x.shape)
    }

    mutating func resolveBroadcast() throws(LayerError) {
        guard let first = all.first else { throw LayerError("\(node.op) reads nothing") }
        if all.count == 1 { return give(.identity, [first], first.shape) }
        let shape = try Self.broadcast(all), all = all.map { beside($0, shape) }
        guard op == .add || op == .sub, all.contains(where: { $0.constant == nil }) else { return give(op, all, shape) }
        // Minus infinity is how masks are added.
        var operands: [Operand] = []
        for operand in all { operands.append(try finite(operand, "mask")) }
        give(op, operands, shape)
    }

    /// A tensor with axes of one element in front where it has fewer than a shape; constants need none.
    mutating func beside(_ x: Operand, _ shape: Shape) -> Operand {
        guard x.constant == nil, x.shape.count < shape.count, !x.shape.isEmpty else { return x }
        let wider = [Int](repeating: 1, count: shape.count - x.shape.count) + x.shape
        return emit(.reshape, "beside", [x], wider, attributes: ["shape": .integers(wider)])
    }

    /// What only graphs that compute shapes and masks need.
    mutating func resolveOfConstants() throws(LayerError) {
        guard all.allSatisfy({ $0.constant != nil }) else {
            throw LayerError("\(node.op) of what enters the network is not supported", help: "of constants it is")
        }
        give(op, all, try Self.broadcast(all), attributes: node.attributes)
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
}
