internal import Basics
internal import LayerKit

extension ImportExpansion {
    /// before: `Dot(x, y) {axes: 2}`; after: `ops.Einsum(x, y)`; of two vectors their product, summed to one element.
    static let kerasDot = ImportExpansion(.keras, ["Dot"]) { node, shapes throws(LayerError) in
        let site = node.site(.keras, shapes)
        try site.expectAttributes("axes", "normalize")
        guard shapes.count == 2, let stated = try site.integers("axes"), let first = stated.first,
            let x = KerasAxis.position(first, in: shapes[0]),
            let y = KerasAxis.position(stated.last ?? first, in: shapes[1]), stated.count <= 2
        else {
            throw LayerError(
                "axes \(site.attributes["axes"]?.summary ?? "null") do not fit inputs of shapes \(shapes)",
                attribute: "axes")
        }
        if try site.flag("normalize", default: false) {
            var nodes: [ImportNode] = []
            for (place, axis) in [x, y].enumerated() {
                let word = place == 0 ? "left" : "right"
                nodes.append(
                    node.part("UnitNormalization", word, [node.inputs[place]], ["axis": .int(axis + 1)]))
            }
            var attributes = node.attributes
            attributes["normalize"] = .bool(false)
            return nodes + [node.last("Dot", nodes.flatMap(\.outputs), attributes)]
        }
        if shapes.allSatisfy({ $0.count == 1 }) {
            let product = node.part("Multiply", "product", node.inputs)
            return [product, node.last("ops.Sum", product.outputs, ["axis": .int(-1), "keepdims": .bool(true)])]
        }
        var letters = Letters()
        let batch = letters.next(), summed = letters.next()
        let terms = [(shapes[0], x), (shapes[1], y)].map { shape, axis in
            shape.indices.map { $0 == axis ? summed : letters.next() }
        }
        let kept = terms.flatMap { $0.filter { $0 != summed } }
        guard letters.left >= 0 else { throw LayerError("its inputs have too many axes", attribute: "axes") }
        let equation = "\(batch)\(terms[0].joined()),\(batch)\(terms[1].joined())->\(batch)\(kept.joined())"
        return [node.last("ops.Einsum", node.inputs, ["subscripts": .string(equation)])]
    }

    /// before: `ops.Matmul(x, y)`; after: `ops.Einsum(x, y)`.
    static let kerasMatmul = ImportExpansion(.keras, ["ops.Matmul"]) { node, shapes throws(LayerError) in
        guard shapes.count == 2, shapes[0].count > 1, shapes[0].count == shapes[1].count, shapes[0].count < 8,
            shapes[0].dropLast(2) == shapes[1].dropLast(2)
        else { throw LayerError("a product of tensors of shapes \(shapes) is not supported") }
        var letters = Letters()
        let outer = (0..<shapes[0].count - 1).map { _ in letters.next() }.joined()
        let row = letters.next(), summed = letters.next(), column = letters.next()
        let equation = "\(outer)\(row)\(summed),\(outer)\(summed)\(column)->\(outer)\(row)\(column)"
        return [node.last("ops.Einsum", node.inputs, ["subscripts": .string(equation)])]
    }

    /// before: `activations.log_softmax(x)`; after: `ops.Log(activations.softmax(x))`.
    static let kerasLogSoftmax = ImportExpansion(.keras, ["activations.log_softmax"]) { node, _ throws(LayerError) in
        let softmax = node.part("activations.softmax", "softmax", node.inputs, node.attributes)
        return [softmax, node.last("ops.Log", softmax.outputs)]
    }

    /// before: `ops.Multiply(x) {call.1: 2}`; after: `Rescaling(x) {scale: 2}`. Of the other sides likewise.
    static let kerasConstant = ImportExpansion(
        .keras, ["ops.Add", "ops.Subtract", "ops.Multiply", "ops.Divide", "ops.TrueDivide"]
    ) { node, _ throws(LayerError) in
        let left = node.attributes["call.0"], right = node.attributes["call.1"]
        guard node.inputs.count == 1, let constant = (left ?? right)?.numberValue else { return nil }
        let scale: Double, offset: Double
        switch (node.op, left == nil) {
        case ("ops.Add", _): (scale, offset) = (1, constant)
        case ("ops.Subtract", true): (scale, offset) = (1, -constant)
        case ("ops.Subtract", false): (scale, offset) = (-1, constant)
        case ("ops.Multiply", _): (scale, offset) = (constant, 0)
        case (_, true) where constant != 0: (scale, offset) = (1 / constant, 0)
        default: return nil
        }
        return [node.last("Rescaling", node.inputs, ["scale": .double(scale), "offset": .double(offset)])]
    }

    /// Functions that are layers, and activations, under another name.
    static let kerasFunction = ImportExpansion(
        .keras,
        ["ops.Transpose", "ops.Reshape", "ops.Relu", "ops.Sigmoid", "ops.Tanh", "ops.Softmax", "ops.Silu", "ops.Gelu"]
    ) { node, shapes throws(LayerError) in
        let site = node.site(.keras, shapes)
        switch node.op {
        case "ops.Transpose":
            try site.expectAttributes("axes")
            let rank = (shapes.first?.count ?? 0) + 1
            let axes = try site.integers("axes") ?? Array((0..<rank).reversed())
            guard axes.first == 0 else {
                throw LayerError("axes \(axes) move the batch, which must stay the first", attribute: "axes")
            }
            return [node.last("Permute", node.inputs, ["dims": .dims(Array(axes.dropFirst()))])]
        case "ops.Reshape":
            try site.expectAttributes("newshape")
            guard let shape = try site.integers("newshape"), let batch = shape.first, batch == -1 || batch > 0 else {
                throw LayerError("newshape is missing", attribute: "newshape")
            }
            return [node.last("Reshape", node.inputs, ["target_shape": .dims(Array(shape.dropFirst()))])]
        case "ops.Softmax": return [node.last("Softmax", node.inputs, node.attributes)]
        default:
            let name = node.op.rest(behind: KerasSpelling.functions) ?? ""
            let approximate = node.op == "ops.Gelu" && node.attributes["approximate"] == .bool(true)
            var attributes = node.attributes
            if node.op == "ops.Gelu" { attributes["approximate"] = nil }
            let function = approximate ? "gelu_tanh" : KerasSpelling.snakeCase(name)
            return [node.last(KerasActivations.prefix + function, node.inputs, attributes)]
        }
    }
}

/// Names for axes in equations.
struct Letters {
    private var used = 0

    /// How many there still are.
    var left: Int { 26 - used }

    mutating func next() -> String {
        defer { used += 1 }
        return String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(used, 25))))
    }
}
