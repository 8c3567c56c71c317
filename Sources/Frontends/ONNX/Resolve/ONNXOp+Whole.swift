internal import Basics
internal import LayerKit

extension ONNXOp {
    /// Whether all numbers that a node gives are whole ones: such need no rounding where they are cast to integers.
    func givesWhole(_ node: ImportNode, of operands: [ONNXCall.Operand]) -> Bool {
        switch self {
        case .input: ONNXNumberType.isWhole(node.attributes["type"]?.integerValue)
        case .cast: ONNXNumberType.isWhole(node.attributes["to"]?.integerValue) || operands.first?.isWhole ?? false
        case .ceil, .floor, .round, .sign, .and, .equal, .greater, .greaterOrEqual, .less, .lessOrEqual, .not, .or,
            .xor, .quantizeLinear:
            true
        case .abs, .identity, .neg, .relu, .flatten, .reshape, .squeeze, .unsqueeze, .transpose, .slice, .split,
            .gather,
            .gatherND, .gatherElements, .maxPool, .dropout, .tile, .expand:
            operands.first?.isWhole ?? false
        default: false
        }
    }
}

extension ONNXNumberType {
    /// Whether a code is that of integers or truths.
    static func isWhole(_ code: Int?) -> Bool {
        guard let code else { return false }
        return (2...7).contains(code) || code == 9 || code == 12 || code == 13 || code == 21 || code == 22
    }
}
