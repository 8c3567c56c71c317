internal import Arrays
internal import Basics
internal import LayerKit

/// Quantisers: their parameters become trained numbers of the node.
extension ONNXCall {
    /// QONNX's Quant (scale, zeropt, bitwidth), BipolarQuant (scale) and Trunc.
    mutating func resolveQuant() throws(LayerError) {
        let x = try operand(0)
        var tensors: [String: ImportTensor] = [:]
        var attributes: [String: JSONValue] = [:]
        let names: [String] =
            switch op {
            case .bipolarQuant: ["scale"]
            // The first version had no scale of the result.
            case .trunc where operands.count <= 5: ["scale", "zeropt", "in_bitwidth", "out_bitwidth"]
            case .trunc: ["scale", "zeropt", "in_bitwidth", "out_scale", "out_bitwidth"]
            default: ["scale", "zeropt", "bitwidth"]
            }
        for (place, name) in names.enumerated() {
            tensors[name] = try required(place + 1, name)
            _ = try Self.broadcast([x, try operand(place + 1)])
        }
        if op != .bipolarQuant {
            attributes["rounding_mode"] = .string(
                try text("rounding_mode", default: op == .trunc ? "FLOOR" : "ROUND"))
            attributes["signed"] = .bool(try flag("signed", default: true))
            attributes["narrow"] = .bool(try flag("narrow"))
        }
        give(op, [x], x.shape, attributes: attributes, tensors: tensors)
    }

    /// QuantizeLinear gives whole numbers, DequantizeLinear takes them; scales may be one, or one for each place along
    /// an axis.
    mutating func resolveQuantizeLinear() throws(LayerError) {
        let x = try operand(0), scale = try required(1, "scale")
        if let size = try integer("block_size"), size != 0 { throw unsupported("block_size", size) }
        guard scale.shape.elementCount != 0 else { throw LayerError("there is no scale", attribute: "scale") }
        let at = scale.shape.elementCount == 1 ? 0 : try axis(try integer("axis") ?? 1, of: x.shape.count)
        var tensors = ["scale": try spread(scale, at, x.shape, "scale")]
        if let zero = try tensor(2, "zero_point") {
            tensors["zero_point"] = try spread(zero, at, x.shape, "zero_point")
        } else if op == .quantizeLinear, let type = try integer("output_dtype"), type != 0 {
            // Without a zero point the attribute says which whole numbers there are.
            let storage = try ONNXNumberType(code: Int32(clamping: type))
            guard let zero = Tensor(shape: [1], numbers: .int64([0])) else { return }
            tensors["zero_point"] = ImportTensor(zero, storedAs: storage.element, bits: storage.bits)
        }
        give(op, [x], x.shape, tensors: tensors)
    }

    /// Numbers along an axis under a shape that goes along with the tensor's.
    private func spread(
        _ tensor: ImportTensor, _ axis: Int, _ shape: Shape, _ name: String
    ) throws(LayerError) -> ImportTensor {
        let loaded = try tensor.load()
        if loaded.count == 1 {
            return ImportTensor(try loaded.reshaped([1]), storedAs: tensor.element, bits: tensor.bits)
        }
        // A scalar has no axis.
        let places = shape.indices.contains(axis) ? shape[axis] : 1
        guard loaded.count == places else {
            throw LayerError(
                "\(loaded.count) values of '\(name)' for \(places) places of axis \(axis)", attribute: name)
        }
        var spread = shape.map { _ in 1 }
        spread[axis] = loaded.count
        return ImportTensor(try loaded.reshaped(spread), storedAs: tensor.element, bits: tensor.bits)
    }
}
