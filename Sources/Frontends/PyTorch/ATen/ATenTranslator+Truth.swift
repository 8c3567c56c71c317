internal import Arrays
internal import Basics
internal import LayerKit

/// Truths, as the numbers 1 and 0, and choices by them.
///
/// Of numbers that the network computes, `a > b` is the positive part of the sign of `a - b`, which is 0 in floating
/// point where they are equal and nowhere else.
extension ATenTranslator {
    mutating func truth(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let isTruth = call.outputs[0].flatMap { program.tensors[$0]?.element } == .bool
        guard isTruth || ![.bitwiseNot, .bitwiseAnd, .bitwiseOr, .bitwiseXor].contains(op) else {
            throw LayerError("it combines the bits of whole numbers, which is not read")
        }
        if let known = try knownTruth(op) { return known }
        switch op {
        case .bitwiseNot, .logicalNot: return try opposite(of: try truthValue("self"), part: nil)
        case .bitwiseAnd, .logicalAnd: return try merge("Mul", try truthValue("self"), try truthValue("other"))
        case .bitwiseOr, .logicalOr: return try merge("Max", try truthValue("self"), try truthValue("other"))
        case .bitwiseXor, .logicalXor:
            return try each(
                "Abs", try merge("Sub", try truthValue("self"), try truthValue("other"), part: "difference"))
        default: return try compare(op, try operand("self"), try operand("other"))
        }
    }

    private mutating func compare(_ op: ATenOperator, _ left: ATenValue, _ right: ATenValue) throws(LayerError)
        -> ATenValue
    {
        if let excluded = try leftOut(op, left, right) { return excluded }
        for side in [left, right] {
            guard (side.constant?.infiniteCount ?? 0) == 0 else {
                throw LayerError(
                    "it asks which numbers are infinite, and what is computed here never is",
                    help: "keep what says what is left out as a mask, and compare nothing with infinity")
            }
        }
        switch op {
        case .gt: return try exceeds(left, right)
        case .lt: return try exceeds(right, left)
        case .ge: return try opposite(of: try exceeds(right, left, part: "less"), part: nil)
        case .le: return try opposite(of: try exceeds(left, right, part: "more"), part: nil)
        case .ne: return try differs(left, right)
        default: return try opposite(of: try differs(left, right, part: "differs"), part: nil)
        }
    }

    /// Where something is minus infinity, which attention asks of what a softmax is taken of: what is left out.
    private mutating func leftOut(_ op: ATenOperator, _ left: ATenValue, _ right: ATenValue) throws(LayerError)
        -> ATenValue?
    {
        guard op == .eq, right.scalar == -.infinity, case .tensor(let name) = call.arguments["self"],
            softmaxed.contains(name)
        else { return nil }
        if leavesOut { return try exceeds(scalar(Double(Self.excluded) / 2), left) }
        let value = try ordered(left)
        var nothing = value
        let axes = value.isPerSample ? Array(value.axes.dropFirst()) : value.axes
        let shape = axes.map(ATenValue.size)
        guard let count = Count.elements(shape), count <= InputLimit.tensor.elements,
            let zeros = Tensor(shape: shape, values: [Float](repeating: 0, count: count))
        else { return nil }
        nothing.axes = axes
        nothing.source = .constant(zeros, name: label.name)
        return nothing
    }

    /// 1 where the first is larger.
    private mutating func exceeds(_ left: ATenValue, _ right: ATenValue, part: String? = nil) throws(LayerError)
        -> ATenValue
    {
        try each("Relu", try signOfDifference(left, right, part: part), part: part)
    }

    /// 1 where the two are not the same.
    mutating func differs(_ left: ATenValue, _ right: ATenValue, part: String? = nil) throws(LayerError) -> ATenValue {
        try each("Abs", try signOfDifference(left, right, part: part), part: part)
    }

    /// The name of what is done on the way to a part.
    private static func step(_ part: String?, _ own: String) -> String { part.map { "\($0)_\(own)" } ?? own }

    private mutating func signOfDifference(_ left: ATenValue, _ right: ATenValue, part: String?) throws(LayerError)
        -> ATenValue
    {
        let difference: ATenValue
        if right.scalar == 0, right.dims.count <= left.dims.count {
            difference = left
        } else if left.scalar == 0, left.dims.count <= right.dims.count {
            difference = try each("Neg", right, part: Self.step(part, "negative"))
        } else {
            difference = try merge("Sub", left, right, part: Self.step(part, "difference"))
        }
        return try each("Sign", difference, part: Self.step(part, "sign"))
    }

    /// 1 for 0 and 0 for 1.
    mutating func opposite(of truth: ATenValue, part: String?) throws(LayerError) -> ATenValue {
        try merge("Sub", scalar(1), truth, part: part)
    }

    /// 1 above 0, and at 0 what is stated.
    mutating func step() throws(LayerError) -> ATenValue {
        let input = try value("self"), atZero = try value("values")
        let above = try exceeds(input, scalar(0), part: "above")
        let isZero = try opposite(of: try differs(input, scalar(0), part: "differs"), part: "zero")
        return try merge("Add", above, try merge("Mul", isZero, atZero, part: "at_zero"))
    }

    /// An argument as a truth: any number but 0 is true.
    mutating func truthValue(_ name: String) throws(LayerError) -> ATenValue {
        var value = try operand(name)
        if case .constant(let tensor, let own) = value.source,
            let truths = Tensor(shape: tensor.shape, values: tensor.doubles.map { $0 != 0 ? 1 : 0 })
        {
            value.source = .constant(truths, name: own)
            return value
        }
        if case .tensor(let tensor) = call.arguments[name], program.tensors[tensor]?.element == .bool { return value }
        return try differs(value, scalar(0), part: name)
    }

    /// Whether any or all of some truths hold.
    mutating func reduceTruth(_ op: String) throws(LayerError) -> ATenValue {
        let truth = try truthValue("self")
        let (dims, keeps) = try reducedDims(truth)
        return try reduce(op, truth, dims, keeps: keeps)
    }

    mutating func countNonzero() throws(LayerError) -> ATenValue {
        let truth = try truthValue("self")
        let (dims, keeps) = try reducedDims(truth)
        return try reduce("ReduceSum", truth, dims, keeps: keeps)
    }

    /// One of two, by a mask.
    mutating func choose(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let mask = try truthValue(op == .choice ? "condition" : "mask")
        let chosen = try op == .choice ? operand("self") : operand("value")
        let other = try op == .choice ? operand("other") : value("self")
        if let known = try knownChoice(mask, chosen, other) { return known }
        guard let condition = mask.constant else {
            let isComputed = chosen.scalar != 0 && other.scalar != 0
            if other.scalar == 0 { return try merge("Mul", try finite(chosen), mask) }
            let outside = try opposite(of: mask, part: "outside")
            let second = try merge("Mul", try finite(other), outside, part: isComputed ? "other" : nil)
            if chosen.scalar == 0 { return second }
            return try merge("Add", try merge("Mul", try finite(chosen), mask, part: "chosen"), second)
        }
        let tensor = condition.viewed(as: mask.axes.map(ATenValue.size))
        if tensor.doubles.allSatisfy({ $0 == 0 }), other.isPerSample,
            other.dims.count >= max(mask.dims.count, chosen.dims.count)
        {
            return other
        }
        func part(_ name: String, _ number: (Double) -> Float) throws(LayerError) -> ATenValue {
            guard let tensor = Tensor(shape: tensor.shape, values: tensor.doubles.map(number)) else {
                throw LayerError("its mask is no tensor")
            }
            var value = mask
            value.source = .constant(tensor, name: "\(label.name)_\(name)")
            return value
        }
        let inside = try part("inside") { $0 != 0 ? 1 : 0 }, outside = try part("outside") { $0 != 0 ? 0 : 1 }
        let first = try merge("Mul", try finite(chosen), inside, part: "chosen")
        let second = try merge("Mul", try finite(other), outside, part: "other")
        return try merge("Add", first, second)
    }

    /// Minus infinity, behind which a softmax follows, as a number that does as well.
    mutating func finite(_ value: ATenValue) throws(LayerError) -> ATenValue {
        guard case .constant(let tensor, let name) = value.source, tensor.infiniteCount > 0 else { return value }
        let singles = tensor.singles
        guard !singles.contains(where: \.isNaN) else { throw LayerError("it puts in what is no number (NaN)") }
        leavesOut = true
        let numbers = singles.map { max(Self.excluded, min(-Self.excluded, $0)) }
        var result = value
        result.source = .constant(Tensor(shape: tensor.shape, values: numbers) ?? tensor, name: name)
        return result
    }
}
