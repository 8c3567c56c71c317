internal import Basics
internal import LayerKit

/// Remainders, roundings and angles, out of operators of one and two tensors.
extension ATenTranslator {
    /// Without what is behind the point.
    mutating func truncated(_ value: ATenValue, part: String? = nil) throws(LayerError) -> ATenValue {
        let own = part.map { "\($0)_" } ?? ""
        let whole = try each("Floor", try each("Abs", value, part: "\(own)size"), part: "\(own)whole")
        return try merge("Mul", try each("Sign", value, part: "\(own)sign"), whole, part: part)
    }

    mutating func rounding(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let input = try value("self")
        if op == .frac { return try merge("Sub", input, try truncated(input, part: "whole")) }
        return try truncated(input)
    }

    /// `a - b floor(a / b)`, or with the quotient rounded toward zero.
    mutating func remainder(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let left = try operand("self"), right = try operand("other")
        let quotient = try merge("Div", left, right, part: "quotient")
        switch op {
        case .floorDivide: return try each("Floor", quotient)
        case .fmod:
            let whole = try truncated(quotient, part: "whole")
            return try merge("Sub", left, try merge("Mul", whole, right, part: "product"))
        default:
            let whole = try each("Floor", quotient, part: "whole")
            return try merge("Sub", left, try merge("Mul", whole, right, part: "product"))
        }
    }

    /// The angle of a point: the arc tangent of `y / |x|`, and on the left that which completes it to a half turn.
    ///
    /// The point 0 has the angle 0, as padding needs it: there `|x|` counts as 1.
    mutating func angle() throws(LayerError) -> ATenValue {
        let y = try value("self"), x = try value("other")
        let width = try each("Abs", x, part: "width"), height = try each("Abs", y, part: "height")
        let any = try each("Sign", try merge("Add", width, height, part: "extent"), part: "any")
        let divisor = try merge("Add", width, try opposite(of: any, part: "origin"), part: "divisor")
        let right = try each("Atan", try merge("Div", y, divisor, part: "slope"), part: "right")
        func isNegative(_ value: ATenValue, _ name: String) throws(LayerError) -> ATenValue {
            let sign = try each("Sign", try each("Neg", value, part: "\(name)_negative"), part: "\(name)_sign")
            return try each("Relu", sign, part: name)
        }
        let left = try isNegative(x, "left"), below = try isNegative(y, "below")
        // On the right the angle itself, on the left its opposite and a half turn upward or downward.
        let turned = try merge("Mul", right, try oneLessTwice(left, "mirror"), part: "turned")
        let half = try merge("Mul", try oneLessTwice(below, "way"), scalar(Double.pi), part: "half")
        return try merge("Add", turned, try merge("Mul", left, half, part: "completion"))
    }

    /// `1 - 2 x`.
    private mutating func oneLessTwice(_ value: ATenValue, _ part: String) throws(LayerError) -> ATenValue {
        try merge("Sub", scalar(1), try merge("Mul", value, scalar(2), part: "\(part)_twice"), part: part)
    }

    /// Numbers that are none as such, which those that enter a network are not.
    mutating func replaceNonNumbers() throws(LayerError) -> ATenValue {
        ignore("nan", "posinf", "neginf")
        guard case .tensor(let name) = call.arguments["self"], program.inputs.contains(name) else {
            throw LayerError(
                "it replaces what is no number (NaN), which fixed point does not have",
                help: "let the operators before it give numbers: clamp what is divided by, or the argument of a log")
        }
        return try value("self")
    }
}
