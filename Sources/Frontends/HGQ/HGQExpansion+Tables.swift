internal import Basics
internal import LayerKit

/// Layers of look-ups: between each input and each output stands a small network of its own, a function of one number
/// that firmware can hold as a table; an output is the sum of such functions.
extension HGQExpansion {
    mutating func denseTable() throws(LayerError) -> String {
        guard let input = node.inputs.first else { throw LayerError("it reads from no layer") }
        return try tables(input)
    }

    /// The tables of every place of a convolution, whose windows are gathered first.
    mutating func convTable(_ op: String, rank: Int) throws(LayerError) -> String {
        guard let input = node.inputs.first else { throw LayerError("it reads from no layer") }
        guard let window = node.attributes["kernel_size"]?.arrayValue?.compactMap(\.integerValue), window.count == rank,
            let all = tableShape(), let taps = Count.elements(window), taps > 0, all[all.count - 2] % taps == 0
        else { throw LayerError("its tables do not fit its windows", attribute: "kernel_size") }
        let channels = all[all.count - 2] / taps, size = taps * channels
        guard size * size <= InputLimit.tensor.elements else {
            throw LayerError("its windows have \(size) elements: too many", attribute: "kernel_size")
        }
        var numbers = [Float](repeating: 0, count: size * size)
        for index in 0..<size { numbers[index * size + index] = 1 }
        guard let kernel = Tensor(shape: window + [channels, size], values: numbers) else {
            throw LayerError("its windows are of no shape", attribute: "kernel_size")
        }
        let attributes = node.attributes.filter {
            ["kernel_size", "strides", "padding", "data_format", "dilation_rate", "groups"].contains($0.key)
        }
        let windows = add(
            op, [input], suffix: "windows",
            attributes: attributes.merging(
                ["use_bias": .bool(false), "filters": .int(size), "activation": .null],
                uniquingKeysWith: { _, new in new }),
            tensors: ["kernel": kernel])
        return try tables(windows)
    }

    /// Places..., inputs and outputs of the tables, as the kernel of the last product has them.
    private func tableShape() -> [Int]? {
        let hidden = node.attributes["n_hl"]?.integerValue ?? 1
        let last = variables("module/layers/einsum_dense" + (hidden == 0 ? "" : "_\(hidden)")).first
        return last.map { Array($0.shape.dropLast()) }
    }

    /// How many axes the input of the tables has before the one that they are along, samples not counted.
    private func leadingAxes() throws(LayerError) -> Int {
        let found = variables("toq/quantizer").first ?? variables("iq/quantizer").first
        guard let rank = found?.shape.count, (3...6).contains(rank) else {
            throw LayerError("the weights have no quantizer of its tables")
        }
        return rank - 3
    }

    private mutating func tables(_ input: String) throws(LayerError) -> String {
        guard let shape = tableShape(), shape.count == 2 else {
            throw LayerError("the weights have no tables of it", help: "do the weights belong to this model?")
        }
        let front = "z" + "pqrs".prefix(try leadingAxes()) + "i"
        // Each input stands before each output.
        let ones = Tensor(shape: shape, values: [Float](repeating: 1, count: shape.elementCount))
        var value = einsum(input, "\(front),io->\(front)o", ones, nil, suffix: "spread")
        if flag("enable_iq", default: true) {
            value = try quantized(value, by: node.attributes["iq_conf"], at: "iq", suffix: "iq")
        }
        value = try network(value, front)
        if flag("batch_norm") { value = try normalised(value, inputs: shape[0]) }
        value = try quantized(value, by: node.attributes["toq_conf"], at: "toq", suffix: "toq")
        let axis = front.utf8.count - 1
        value = add(
            "quantizers.reduce", [value], suffix: "sum",
            attributes: ["kind": .string("sum"), "axes": .array([.int(axis)]), "keepdims": .bool(false)])
        value = add(
            KerasActivations.className, [value], attributes: ["activation": node.attributes["activation"] ?? .null])
        return try output(value)
    }

    mutating func einsum(
        _ input: String, _ equation: String, _ kernel: Tensor?, _ bias: Tensor?, suffix: String
    ) -> String {
        var tensors: [String: Tensor] = [:]
        tensors["kernel"] = kernel
        tensors["bias"] = bias
        return add(
            "quantizers.einsum", [input], suffix: suffix, attributes: ["equation": .string(equation)], tensors: tensors)
    }

    /// The small networks, all of one form: hidden layers, then one number.
    private mutating func network(_ input: String, _ front: String) throws(LayerError) -> String {
        let hidden = node.attributes["n_hl"]?.integerValue ?? 1
        guard (0...8).contains(hidden) else {
            throw LayerError("\(hidden) hidden layers are not possible", attribute: "n_hl")
        }
        let names = flag("use_bias", default: true) ? ["kernel", "bias"] : ["kernel"]
        var value = input
        // The first axis of the hidden numbers has one element, which is not stated.
        var width = ""
        for index in 0...hidden {
            let path = "module/layers/einsum_dense" + (index == 0 ? "" : "_\(index)")
            let own = try own(trained: names, fixed: [], at: path)
            guard var kernel = own["kernel"] else { throw LayerError("the weights have no kernel of its tables") }
            let isLast = index == hidden
            guard kernel.shape.count == (isLast ? 3 : 4) else {
                throw LayerError("a kernel of its tables has shape \(kernel.shape)")
            }
            if width.isEmpty, kernel.shape[2] == 1 {
                var shape = kernel.shape
                shape.remove(at: 2)
                kernel = Tensor(shape: shape, numbers: kernel.numbers) ?? kernel
            }
            let result = isLast ? "" : "D"
            value = einsum(
                value, "\(front)o\(width),io\(width)\(result)->\(front)o\(result)", kernel, own["bias"],
                suffix: "layer\(index + 1)")
            if !isLast {
                value = add(
                    KerasActivations.className, [value], suffix: "function\(index + 1)",
                    attributes: ["activation": node.attributes["subnn_activation"] ?? .null])
                width = "d"
            }
        }
        return value
    }

    private mutating func normalised(_ input: String, inputs: Int) throws(LayerError) -> String {
        let scaled = flag("bn_scale", default: true), centred = flag("bn_center", default: true)
        let own = try own(
            trained: (scaled ? ["gamma"] : []) + (centred ? ["beta"] : []), fixed: ["moving_mean", "moving_variance"],
            at: "bn_module")
        let value = add(
            "BatchNormalization", [input], suffix: "bn",
            attributes: [
                "axis": .int(-1), "epsilon": node.attributes["bn_epsilon"] ?? .double(0.001), "scale": .bool(scaled),
                "center": .bool(centred),
            ], tensors: own)
        return add(
            "quantizers.divide", [value, constant(Float(Double(inputs).squareRoot()), "root")], suffix: "bn_scaled")
    }
}
