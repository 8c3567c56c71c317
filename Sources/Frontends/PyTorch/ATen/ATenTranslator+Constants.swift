internal import Arrays
internal import Basics
internal import LayerKit

/// Numbers that no input changes, and choices by them.
extension ATenTranslator {
    /// The sizes of a tensor that a call makes: the samples' axis, along which all is the same, has the size 1.
    private func madeShape() throws(LayerError) -> Shape {
        let shape = try outputSizes().map { size throws(LayerError) -> Int in
            switch size {
            case .known(let known): return known
            case .symbolic where size == batch: return 1
            case .symbolic: throw LayerError("it makes as many numbers as there are samples")
            }
        }
        guard let count = Count.elements(shape), count <= InputLimit.tensor.elements else {
            throw LayerError("it makes a tensor of shape \(shape)")
        }
        return shape
    }

    private mutating func ignorePlacement() {
        ignore("size", "self", "dtype", "layout", "device", "pin_memory", "memory_format", "n", "m")
    }

    private mutating func made(_ numbers: [Double], _ shape: Shape) throws(LayerError) -> ATenValue {
        let isWhole = call.outputs[0].flatMap { program.tensors[$0]?.element }.map { !$0.isFloatingPoint } ?? false
        let tensor =
            isWhole
            ? Tensor(shape: shape, numbers: .int64(numbers.map { Int64($0) }))
            : Tensor(shape: shape, values: numbers.map { Float($0) })
        guard let tensor else { throw LayerError("it makes a tensor of shape \(shape)") }
        return constant(tensor, label.name)
    }

    mutating func filled(_ value: Double) throws(LayerError) -> ATenValue {
        ignorePlacement()
        let shape = try madeShape()
        guard abs(value) < 0x1p62 || !value.isFinite else { throw LayerError("it makes numbers of \(value)") }
        return try made([Double](repeating: value, count: Count.elements(shape) ?? 0), shape)
    }

    mutating func range() throws(LayerError) -> ATenValue {
        ignorePlacement()
        let start = try real("start", default: 0), step = try real("step", default: 1)
        _ = try real("end")
        let shape = try madeShape()
        guard abs(start) < 0x1p40, abs(step) < 0x1p20 else { throw LayerError("it counts from \(start) by \(step)") }
        return try made((0..<shape.reduce(1, *)).map { start + Double($0) * step }, shape)
    }

    mutating func identity() throws(LayerError) -> ATenValue {
        ignorePlacement()
        let shape = try madeShape()
        guard shape.count == 2 else { throw LayerError("it makes a tensor of shape \(shape)") }
        return try made(
            (0..<shape[0] * shape[1]).map { $0 / shape[1] == $0 % shape[1] ? 1 : 0 }, shape)
    }

    /// The lower or upper triangle of known numbers, zeros elsewhere.
    mutating func triangle(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let diagonal = try integer("diagonal", default: 0)
        guard let tensor = try weight("self"), tensor.shape.count >= 2 else {
            throw LayerError("it has no two axes")
        }
        let rows = tensor.shape[tensor.shape.count - 2], columns = tensor.shape[tensor.shape.count - 1]
        let kept = tensor.doubles.enumerated().map { index, number in
            let distance = index % columns - index / columns % rows
            return (op == .tril ? distance <= diagonal : distance >= diagonal) ? number : 0
        }
        return try made(kept, tensor.shape)
    }

    /// What is true of known numbers, element by element.
    mutating func truth(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let left = try knownNumbers("self")
        let isTruth = call.outputs[0].flatMap { program.tensors[$0]?.element } == .bool
        guard isTruth || ![.bitwiseNot, .bitwiseAnd, .bitwiseOr].contains(op) else {
            throw LayerError("it combines the bits of whole numbers, which is not read")
        }
        if op == .bitwiseNot || op == .logicalNot {
            return try made(left.doubles.map { $0 == 0 ? 1 : 0 }, left.shape)
        }
        let right = try knownNumbers("other")
        let shape = try madeShape()
        let (a, b) = (left.broadcast(to: shape), right.broadcast(to: shape))
        guard let a, let b else { throw LayerError("it compares tensors of shapes \(left.shape) and \(right.shape)") }
        return try made(zip(a, b).map { Self.holds(op, $0, $1) ? 1 : 0 }, shape)
    }

    private mutating func knownNumbers(_ name: String) throws(LayerError) -> Tensor {
        if case .tensor = call.arguments[name] {
            guard let tensor = try weight(name) else { throw LayerError("it has no '\(name)'") }
            return tensor
        }
        return Tensor(shape: [], numbers: .float64([try real(name)])) ?? Tensor([])
    }

    private static func holds(_ op: ATenOperator, _ a: Double, _ b: Double) -> Bool {
        switch op {
        case .eq: a == b
        case .ne: a != b
        case .lt: a < b
        case .le: a <= b
        case .gt: a > b
        case .ge: a >= b
        case .logicalOr, .bitwiseOr: a != 0 || b != 0
        default: a != 0 && b != 0
        }
    }

    /// One of two, by a mask that is known.
    mutating func choose(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let mask = try weight(op == .choice ? "condition" : "mask")
        guard let mask else { throw LayerError("it has no mask") }
        let chosen = try op == .choice ? operand("self") : operand("value")
        let other = try op == .choice ? operand("other") : value("self")
        let inside = Tensor(shape: mask.shape, values: mask.doubles.map { $0 != 0 ? 1 : 0 })
        let outside = Tensor(shape: mask.shape, values: mask.doubles.map { $0 != 0 ? 0 : 1 })
        guard let inside, let outside else { throw LayerError("its mask is no tensor") }
        let first = try merge(
            "Mul", finite(chosen), constant(inside, "\(label.name)_inside"), part: "chosen")
        let second = try merge("Mul", finite(other), constant(outside, "\(label.name)_outside"), part: "other")
        return try merge("Add", first, second)
    }

    /// Minus infinity, behind which a softmax follows, as a number that does as well.
    private func finite(_ value: ATenValue) -> ATenValue {
        guard case .constant(let tensor, let name) = value.source, tensor.infiniteCount > 0 else { return value }
        let numbers = tensor.singles.map { max(Self.excluded, min(-Self.excluded, $0)) }
        var result = value
        result.source = .constant(Tensor(shape: tensor.shape, values: numbers) ?? tensor, name: name)
        return result
    }
}

extension Tensor {
    /// The numbers of every element of a larger shape; nil where this one is not broadcast to it.
    fileprivate func broadcast(to wanted: Shape) -> [Double]? {
        let own = [Int](repeating: 1, count: max(wanted.count - shape.count, 0)) + shape
        guard own.count == wanted.count, zip(own, wanted).allSatisfy({ $0 == $1 || $0 == 1 }) else { return nil }
        let numbers = doubles
        return Strides.places(of: shape, in: wanted).map { numbers[$0] }
    }
}
