internal import Basics
internal import LayerKit

extension ImportExpansion {
    /// before: `UnitNormalization(x) {axis: -1}`; after: `x` times the reciprocal of the root of its summed squares.
    static let kerasUnit = ImportExpansion(.keras, ["UnitNormalization"]) { node, shapes throws(LayerError) in
        try node.site(.keras, shapes).expectAttributes("axis")
        let square = node.part("ops.Square", "square", node.inputs)
        let sum = node.part(
            "ops.Sum", "sum", square.outputs,
            ["axis": node.attributes["axis"] ?? .int(-1), "keepdims": .bool(true)])
        // Below this Keras divides by its root instead, so that zeros stay zeros.
        let bounded = node.part(
            "quantizers.clip", "bounded", sum.outputs, ["low": .double(1e-12), "high": .double(3e38)])
        let scale = node.part("ops.Rsqrt", "scale", bounded.outputs)
        return [square, sum, bounded, scale, node.last("Multiply", node.inputs + scale.outputs)]
    }

    /// before: `activations.squareplus(x)`; after: `(x + sqrt(x^2 + 4)) / 2`.
    static let kerasSquarePlus = ImportExpansion(.keras, ["activations.squareplus"]) {
        node, shapes throws(LayerError) in
        try node.site(.keras, shapes).expectAttributes("b")
        let b = try node.site(.keras, shapes).number("b").map { Double($0) } ?? 4
        let square = node.part("ops.Square", "square", node.inputs)
        let more = node.part("Rescaling", "more", square.outputs, ["scale": .int(1), "offset": .double(b)])
        let root = node.part("ops.Sqrt", "root", more.outputs)
        let sum = node.part("Add", "sum", node.inputs + root.outputs)
        return [
            square, more, root, sum, node.last("Rescaling", sum.outputs, ["scale": .double(0.5), "offset": .int(0)]),
        ]
    }

    /// before: `activations.sparse_plus(x)`; after: `((c + 1) / 2)^2` of `c = clip(x, -1, 1)`, and above 1 what is beyond.
    static let kerasSparsePlus = ImportExpansion(.keras, ["activations.sparse_plus"]) { node, _ throws(LayerError) in
        let inner = node.part("quantizers.clip", "inner", node.inputs, ["low": .int(-1), "high": .int(1)])
        let half = node.part("Rescaling", "half", inner.outputs, ["scale": .double(0.5), "offset": .double(0.5)])
        let square = node.part("ops.Square", "square", half.outputs)
        let above = node.part("Rescaling", "above", node.inputs, ["scale": .int(1), "offset": .int(-1)])
        let beyond = node.part("activations.relu", "beyond", above.outputs)
        return [inner, half, square, above, beyond, node.last("Add", square.outputs + beyond.outputs)]
    }

    /// before: `ops.ExpandDims(x) {axis: 1}` or `ops.Squeeze(x) {axis: 1}`; after: `Reshape(x)`.
    static let kerasAxes = ImportExpansion(.keras, ["ops.ExpandDims", "ops.Squeeze"]) {
        node, shapes throws(LayerError) in
        let site = node.site(.keras, shapes)
        try site.expectAttributes("axis")
        guard var shape = shapes.first, let axes = try site.integers("axis"), axes.count == 1 else {
            throw LayerError("its axis is not stated", attribute: "axis")
        }
        let expands = node.op == "ops.ExpandDims"
        // Counted from the last, an axis that comes in has its place behind that.
        let axis = axes[0] < 0 ? shape.count + axes[0] + (expands ? 1 : 0) : axes[0] - 1
        guard expands ? (0...shape.count).contains(axis) : shape.indices.contains(axis) && shape[axis] == 1 else {
            throw LayerError("axis \(axes[0]) does not fit an input of shape \(shape)", attribute: "axis")
        }
        if expands { shape.insert(1, at: axis) } else { shape.remove(at: axis) }
        return [node.last("Reshape", node.inputs, ["target_shape": .dims(shape)])]
    }
}
