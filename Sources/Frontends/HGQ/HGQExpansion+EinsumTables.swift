internal import Basics
internal import LayerKit

/// `QEinsumDenseT`: an einsum with trained numbers in which each product is a table instead, a function of one number.
extension HGQExpansion {
    private typealias Letters = [UInt8]

    mutating func einsumTable() throws(LayerError) -> String {
        guard let input = node.inputs.first else { throw LayerError("it reads from no layer") }
        let stated = node.attributes["equation"]?.stringValue ?? ""
        let sides = stated.parts(at: ">"), operands = (sides.first ?? "").parts(at: "-").first?.parts(at: ",") ?? []
        guard sides.count == 2, operands.count == 2, !stated.has(".") else {
            throw LayerError("the equation '\(stated)' is not read", attribute: "equation")
        }
        let own = Letters(operands[0].utf8), kernel = Letters(operands[1].utf8), result = Letters(sides[1].utf8)
        let further = kernel.filter { !own.contains($0) }, all = own + further
        guard let sizes = sizes(kernel), further.allSatisfy({ result.contains($0) }),
            own.allSatisfy({ result.contains($0) || kernel.contains($0) })
        else {
            throw LayerError("its tables are not those of the equation '\(stated)'", attribute: "equation")
        }
        var value = input
        if !further.isEmpty {
            let shape = further.compactMap { sizes[$0] }
            let ones = Tensor(shape: shape, values: [Float](repeating: 1, count: shape.elementCount))
            value = einsum(value, "\(text(own)),\(text(further))->\(text(all))", ones, nil, suffix: "spread")
        }
        if flag("enable_iq", default: true) {
            value = try quantized(value, by: node.attributes["iq_conf"], at: "iq", suffix: "iq")
        }
        value = try network(value, all, kernel)
        if flag("batch_norm") {
            let summed = own.filter { !result.contains($0) }
            let count = summed.reduce(1) { Count.times($0, sizes[$1] ?? 1) }
            value = try normalised(value, all, kernel, result, sizes, inputs: count)
        }
        value = try quantized(value, by: node.attributes["toq_conf"], at: "toq", suffix: "toq")
        value = einsum(value, "\(text(all))->\(text(result))", nil, nil, suffix: "sum")
        value = add(
            KerasActivations.className, [value], attributes: ["activation": node.attributes["activation"] ?? .null])
        return try output(value)
    }

    private func text(_ letters: Letters) -> String { String(decoding: letters, as: UTF8.self) }

    private func path(_ index: Int) -> String { "module/layers/einsum_dense" + (index == 0 ? "" : "_\(index)") }

    private var hiddenLayers: Int { node.attributes["n_hl"]?.integerValue ?? 1 }

    /// The sizes of the axes that tables differ along.
    private func sizes(_ kernel: Letters) -> [UInt8: Int]? {
        guard (0...8).contains(hiddenLayers), let shape = variables(path(hiddenLayers)).first?.shape,
            shape.count == kernel.count + 1
        else { return nil }
        return Dictionary(zip(kernel, shape), uniquingKeysWith: { first, _ in first })
    }

    private mutating func network(
        _ input: String, _ all: Letters, _ kernel: Letters
    ) throws(LayerError) -> String {
        let biased = (node.attributes["bias_axes"] ?? .null) != .null && !flag("batch_norm")
        let free = Letters("abcdefghijklmnopqrstuvwxyz".utf8).filter { !all.contains($0) }
        guard free.count >= 3 else { throw LayerError("its equation has too many axes", attribute: "equation") }
        var value = input, width: Letters = []
        for index in 0...hiddenLayers {
            let own = try own(trained: biased ? ["kernel", "bias"] : ["kernel"], fixed: [], at: path(index))
            guard let numbers = own["kernel"] else { throw LayerError("the weights have no kernel of its tables") }
            let isLast = index == hiddenLayers
            // The one number that enters stands for all of the first layer's inputs.
            let inner = width.isEmpty ? [free[2]] : width
            let next = isLast ? [] : [width == [free[0]] ? free[1] : free[0]]
            value = einsum(
                value, "\(text(all + width)),\(text(kernel + inner + next))->\(text(all + next))", numbers, own["bias"],
                suffix: "layer\(index + 1)")
            if isLast { break }
            value = add(
                KerasActivations.className, [value], suffix: "function\(index + 1)",
                attributes: ["activation": node.attributes["subnn_activation"] ?? .null])
            width = next
        }
        return value
    }

    /// The tables' batch normalization, over the root of how many of them are summed.
    private mutating func normalised(
        _ input: String, _ all: Letters, _ kernel: Letters, _ result: Letters, _ sizes: [UInt8: Int], inputs: Int
    ) throws(LayerError) -> String {
        let own = try own(
            trained: (flag("bn_scale", default: true) ? ["gamma"] : [])
                + (flag("bn_center", default: true) ? ["beta"] : []),
            fixed: ["moving_mean", "moving_variance", nil])
        let stated = node.attributes["normalize_axes"]?.stringValue ?? node.attributes["bias_axes"]?.stringValue
        let axes = stated.map { Letters($0.utf8) } ?? kernel.filter { result.contains($0) }
        // Statistics lie along the axes in the order of the tensor, which must be theirs.
        guard axes == all.filter({ axes.contains($0) }) else {
            throw LayerError("normalize_axes '\(text(axes))' are in another order than the tables'")
        }
        let shape = all.dropFirst().map { axes.contains($0) ? sizes[$0] ?? 1 : 1 }
        guard let variance = own["moving_variance"]?.singles, variance.count == shape.elementCount,
            let mean = own["moving_mean"]?.singles
        else { throw LayerError("its batch normalization is not along '\(text(axes))'") }
        let epsilon = node.attributes["bn_epsilon"]?.numberValue.map { Float($0) } ?? 0.001
        let gamma = own["gamma"]?.singles ?? [Float](repeating: 1, count: variance.count)
        let scales = zip(gamma, variance).map { $0 / ($1 + epsilon).squareRoot() }
        let beta = own["beta"]?.singles ?? [Float](repeating: 0, count: variance.count)
        let offsets = zip(zip(mean, scales), beta).map { -$0.0 * $0.1 + $1 }
        var value = add("Multiply", [input, constant(scales, shape, "bn_scale")], suffix: "bn_product")
        value = add("Add", [value, constant(offsets, shape, "bn_offset")], suffix: "bn")
        let root = constant([Float(Double(inputs).squareRoot())], [1], "root")
        return add("quantizers.divide", [value, root], suffix: "bn_scaled")
    }

    private mutating func constant(_ values: [Float], _ shape: Shape, _ suffix: String) -> String {
        var tensors: [String: Tensor] = [:]
        tensors["value"] = Tensor(shape: shape, values: values)
        return add("quantizers.constant", [], suffix: suffix, tensors: tensors)
    }
}
