internal import Basics
internal import LayerKit

/// Operators that take and give the whole numbers of quantisers, each as the operator of real numbers that it stands
/// for, between DequantizeLinear and QuantizeLinear.
///
/// before: `y = QLinearMatMul(a, sa, za, b, sb, zb, sy, zy)`;
/// after: `r = DequantizeLinear(a, sa, za)`, `w = DequantizeLinear(b, sb, zb)`, `p = MatMul(r, w)`,
/// `y = QuantizeLinear(p, sy, zy)`.
struct IntegerDomain {
    private let node: ImportNode
    private let form: Form
    private(set) var names: Set<String>
    private var made: [ImportNode] = []

    /// Where the inputs of the real operator, its bias and the scale of the result stand among the inputs.
    private struct Form {
        var op: ONNXOp
        var inputs: [Int]
        var bias: Int?
        var result: Int
        /// The axis of scales for each channel of the weights, from the front or the back.
        var weightsAxis = 0
    }

    /// Nil for operators of real numbers.
    init?(_ node: ImportNode, _ op: ONNXOp, names: Set<String>) {
        switch op {
        case .qLinearConv: form = Form(op: .conv, inputs: [0, 3], bias: 8, result: 6)
        case .qLinearMatMul: form = Form(op: .matMul, inputs: [0, 3], result: 6, weightsAxis: -1)
        case .qGemm:
            let turned = node.attributes["transB"]?.integerValue == 1
            form = Form(op: .gemm, inputs: [0, 3], bias: 6, result: 7, weightsAxis: turned ? 0 : 1)
        case .qLinearAdd: form = Form(op: .add, inputs: [0, 3], result: 6)
        case .qLinearMul: form = Form(op: .mul, inputs: [0, 3], result: 6)
        case .qLinearConcat:
            form = Form(op: .concat, inputs: Array(stride(from: 2, to: node.inputs.count, by: 3)), result: 0)
        case .qLinearAveragePool: form = Form(op: .averagePool, inputs: [0], result: 3)
        case .qLinearGlobalAveragePool: form = Form(op: .globalAveragePool, inputs: [0], result: 3)
        case .qLinearLeakyRelu: form = Form(op: .leakyRelu, inputs: [0], result: 3)
        case .qLinearSigmoid: form = Form(op: .sigmoid, inputs: [0], result: 3)
        case .qLinearSoftmax: form = Form(op: .softmax, inputs: [0], result: 3)
        default: return nil
        }
        self.node = node
        self.names = names
    }

    /// The nodes that the operator is.
    mutating func inRealNumbers(_ operands: [ONNXCall.Operand?]) throws(LayerError) -> [ImportNode] {
        if let last = node.attributes["channels_last"], last != .int(0) {
            throw LayerError("channels_last=1 of \(node.op) is not supported", attribute: "channels_last")
        }
        guard !node.outputs.isEmpty, form.result < node.inputs.count,
            form.inputs.allSatisfy({ $0 + 1 < node.inputs.count })
        else { throw LayerError("\(node.op) has too few inputs") }
        var inputs: [String] = []
        for (index, place) in form.inputs.enumerated() {
            let rank = operands[place]?.shape.count ?? 1
            let axis = index == 1 && form.weightsAxis == -1 ? rank - 1 : form.weightsAxis
            inputs.append(
                add(.dequantizeLinear, "real", scaled(place), ["axis": .int(max(0, min(axis, max(0, rank - 1))))]))
        }
        // The bias has the steps of the products.
        if let bias = form.bias, bias < node.inputs.count, node.inputs[bias] != "" {
            let steps = add(.mul, "steps", [node.inputs[form.inputs[0] + 1], node.inputs[form.inputs[1] + 1]])
            inputs.append(add(.dequantizeLinear, "bias", [node.inputs[bias], steps], ["axis": .int(0)]))
        }
        var attributes = node.attributes
        attributes["channels_last"] = nil
        // Before version 13 all axes from this one on were one.
        if let version = attributes.removeValue(forKey: "opset")?.integerValue, version < 13 {
            attributes["flattens"] = .bool(true)
        }
        let result = add(form.op, "result", inputs, attributes)
        var last = ImportNode(
            ONNXOp.quantizeLinear.rawValue, node.name, inputs: [result] + scaled(form.result - 1).dropFirst(),
            outputs: node.outputs, origin: node.origin)
        last.attributes["axis"] = .int(0)
        made.append(last)
        return made
    }

    /// A value, its scale and its zero point, which stand behind each other.
    private func scaled(_ place: Int) -> [String] {
        [place < 0 ? "" : node.inputs[place], node.inputs[place + 1]]
            + (place + 2 < node.inputs.count ? [node.inputs[place + 2]] : [])
    }

    private mutating func add(
        _ op: ONNXOp, _ part: String, _ inputs: [String], _ attributes: [String: JSONValue] = [:]
    ) -> String {
        let name = names.claim("\(node.name)_\(part)")
        made.append(ImportNode(op.rawValue, name, inputs: inputs, attributes: attributes, origin: node.origin))
        return name
    }
}
