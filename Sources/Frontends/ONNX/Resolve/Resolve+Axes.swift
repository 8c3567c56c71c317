internal import Basics
internal import LayerKit

/// Operators that gather many elements along axes.
extension ONNXCall {
    mutating func resolveReduction() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        var stated = try integers(1, "axes") ?? []
        if stated.isEmpty {
            if try flag("noop_with_empty_axes") { return give(.identity, [x], x.shape) }
            stated = Array(0..<rank)
        }
        let axes = try stated.map { a throws(LayerError) in try axis(a, of: rank, "axes") }.sorted()
        guard Set(axes).count == axes.count else {
            throw LayerError("axes \(stated) of \(node.op) name one twice", attribute: "axes")
        }
        let keeps = try flag("keepdims", default: true)
        let shape = x.shape.indices.compactMap { axes.contains($0) ? (keeps ? 1 : nil) : x.shape[$0] }
        let attributes: [String: JSONValue] = ["axes": .integers(axes), "keepdims": .bool(keeps)]
        switch op {
        case .reduceL1:
            let sizes = emit(.abs, "sizes", [x], x.shape)
            give(.reduceSum, [sizes], shape, attributes: attributes)
        case .reduceL2, .reduceSumSquare:
            let squares = emit(.pow, "squares", [x], x.shape, attributes: ["exponent": .double(2)])
            if op == .reduceSumSquare { return give(.reduceSum, [squares], shape, attributes: attributes) }
            let sum = emit(.reduceSum, "sum", [squares], shape, attributes: attributes)
            give(.sqrt, [sum], shape)
        case .reduceLogSum:
            let sum = emit(.reduceSum, "sum", [x], shape, attributes: attributes)
            give(.log, [sum], shape)
        case .reduceLogSumExp:
            let powers = emit(.exp, "powers", [x], x.shape)
            let sum = emit(.reduceSum, "sum", [powers], shape, attributes: attributes)
            give(.log, [sum], shape)
        default: give(op, [x], shape, attributes: attributes)
        }
    }

    mutating func resolveSoftmax() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        let at = try axis(try integer("axis") ?? -1, of: rank)
        // All axes from this one on were one, which is the same where no other has more than one element.
        if try flag("flattens"), x.shape[(at + 1)...].contains(where: { $0 != 1 }) {
            let shape = [x.shape[..<at].elementCount, x.shape[at...].elementCount]
            let flat = emit(.reshape, "flat", [x], shape, attributes: ["shape": .integers(shape)])
            let y = softmax(flat, 1, "flat_softmax")
            return give(.reshape, [y], x.shape, attributes: ["shape": .integers(x.shape)])
        }
        if op == .softmax { return give(.softmax, [x], x.shape, attributes: ["axis": .int(at)]) }
        let y = emit(.softmax, "softmax", [x], x.shape, attributes: ["axis": .int(at)])
        give(.log, [y], x.shape)
    }

    private mutating func softmax(_ x: Operand, _ axis: Int, _ part: String) -> Operand {
        let y = emit(.softmax, part, [x], x.shape, attributes: ["axis": .int(axis)])
        return op == .softmax ? y : emit(.log, "\(part)_log", [y], x.shape)
    }

    /// Mean and variance over the axes from `axis` on; scale and offset for each of their elements.
    mutating func resolveLayerNormalization() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        let at = try axis(try integer("axis") ?? -1, of: rank)
        guard node.outputs.dropFirst().allSatisfy({ $0 == "" }) else {
            throw LayerError("it gives its statistics", help: "export the model for inference: model.eval()")
        }
        let axes = Array(at..<rank), own = Array(x.shape[at...])
        var tensors: [String: ImportTensor] = [:]
        for (place, name) in [(1, "scale"), (2, "bias")] {
            guard let tensor = try tensor(place, name) else { continue }
            let loaded = try tensor.load()
            guard loaded.shape.count <= own.count,
                try Self.broadcast([Operand(value: "", shape: own), Operand(value: "", shape: loaded.shape)]) == own
            else {
                throw LayerError("'\(name)' of shape \(loaded.shape) for axes of \(own)", attribute: name)
            }
            tensors[name] = ImportTensor(
                try loaded.selecting(Strides.places(of: loaded.shape, in: own), shape: own))
        }
        give(
            .layerNormalization, [x], x.shape,
            attributes: ["axes": .integers(axes), "epsilon": .double(try number("epsilon", default: 1e-5))],
            tensors: tensors)
    }
}
