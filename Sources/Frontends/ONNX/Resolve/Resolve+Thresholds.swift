internal import Arrays
internal import Basics
internal import Glibc
internal import LayerKit

/// How many of a row of thresholds a number reaches, and other maps of each channel.
extension ONNXCall {
    /// FINN's `MultiThreshold`: thresholds at even distances are a quantiser that rounds down, a single one is a step.
    mutating func resolveMultiThreshold() throws(LayerError) {
        let x = try operand(0), thresholds = try required(1, "thresholds").load(), rank = x.shape.count
        let layout = try text("data_layout", default: "NCHW")
        guard thresholds.shape.count == 2, thresholds.count > 0, rank >= 2 else {
            throw LayerError(
                "thresholds of shape \(thresholds.shape) for \(Batch.text(x.shape))", attribute: "thresholds")
        }
        let rows = thresholds.shape[0], count = thresholds.shape[1], values = thresholds.doubles
        let axis = layout == "NHWC" || layout == "NWC" ? rank - 1 : 1
        guard rows == 1 || rows == x.shape[axis] else {
            throw LayerError(
                "thresholds for \(rows) channels, but there are \(x.shape[axis])", attribute: "thresholds")
        }
        var shape = [Int](repeating: 1, count: rank)
        shape[axis] = rows
        let lowest = (0..<rows).map { values[$0 * count] }
        let steps = (0..<rows).map { row in
            count == 1 ? 1 : (values[row * count + count - 1] - lowest[row]) / Double(count - 1)
        }
        let isEven = values.indices.allSatisfy {
            let row = $0 / count
            return abs(values[$0] - lowest[row] - Double($0 % count) * steps[row]) <= 1e-6 * abs(steps[row])
        }
        guard isEven, steps.allSatisfy({ $0 > 0 }), (count + 1).nonzeroBitCount == 1 else {
            throw LayerError(
                "\(count) thresholds that are no steps of a quantiser are not supported", attribute: "thresholds",
                help: "rising ones at even distances are, 2^bits - 1 of them; or leave the Quant nodes in the model")
        }
        let scale = try number("out_scale", default: 1), bias = try number("out_bias", default: 0)
        let base = constant("base", try Self.along(shape, zip(lowest, steps).map { $0 - $1 }))
        let distance = emit(.sub, "distance", [x, base], x.shape)
        let counted = emit(
            .quant, "steps", [distance], x.shape,
            attributes: ["rounding_mode": .string("FLOOR"), "signed": .bool(false), "narrow": .bool(false)],
            tensors: [
                "scale": ImportTensor(try Self.along(shape, steps)), "zeropt": ImportTensor(Tensor([0])),
                "bitwidth": ImportTensor(Tensor([Float(log2(Double(count + 1)))])),
            ])
        let factor = constant("factor", try Self.along(shape, steps.map { scale / $0 }))
        let result = emit(.mul, "result", [counted, factor], x.shape)
        give(.add, [result, constant("bias", Tensor([Float(bias)]))], x.shape)
    }

    private static func along(_ shape: Shape, _ values: [Double]) throws(LayerError) -> Tensor {
        guard let tensor = Tensor(shape: shape, values: values.map(Float.init)) else {
            throw LayerError("\(values.count) values do not have the shape \(shape)")
        }
        return tensor
    }

    /// `(x - offset) scale` for each feature, the last axis.
    mutating func resolveScaler() throws(LayerError) {
        let x = try operand(0)
        var y = x
        for (name, op) in [("offset", ONNXOp.sub), ("scale", .mul)] {
            let values = (node.attributes[name]?.arrayValue ?? []).compactMap(\.numberValue)
            guard !values.isEmpty else { continue }
            guard values.count == 1 || values.count == x.shape.last else {
                throw LayerError(
                    "\(values.count) values of '\(name)' for a tensor of \(Batch.text(x.shape))", attribute: name)
            }
            y = emit(op, name, [y, constant("\(name)s", Tensor(values.map(Float.init)))], x.shape)
        }
        give(.identity, [y], x.shape)
    }
}
