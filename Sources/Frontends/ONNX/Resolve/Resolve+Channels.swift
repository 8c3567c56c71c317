internal import Basics
internal import LayerKit

/// Operators that treat each channel in its own way.
extension ONNXCall {
    mutating func resolveBatchNormalization() throws(LayerError) {
        let x = try operand(0)
        for (name, harmless) in [("training_mode", false), ("spatial", true)] {
            guard try flag(name, default: harmless) == harmless else {
                throw unsupported(name, harmless ? 0 : 1, help: "export the model for inference: model.eval()")
            }
        }
        guard node.outputs.count == 1 else {
            throw LayerError("it gives its statistics", help: "export the model for inference: model.eval()")
        }
        var tensors: [String: ImportTensor] = [:]
        for (place, name) in ["scale", "B", "mean", "var"].enumerated() {
            let tensor = try required(place + 1, name)
            guard x.shape.count > 1, tensor.shape == [x.shape[1]] else {
                throw LayerError(
                    "'\(name)' of shape \(tensor.shape) for the channels of \(Batch.text(x.shape))", attribute: name)
            }
            tensors[name] = tensor
        }
        give(
            .batchNormalization, [x], x.shape, attributes: ["epsilon": .double(try number("epsilon", default: 1e-5))],
            tensors: tensors)
    }

    mutating func resolveInstanceNormalization() throws(LayerError) {
        let x = try operand(0)
        guard x.shape.count > 2 else { throw LayerError("InstanceNormalization takes channels and at least one axis") }
        let y = normalised(x, axes: Array(2..<x.shape.count), epsilon: try number("epsilon", default: 1e-5))
        try giveScaled(y, channelAxisOf: x.shape)
    }

    /// Each group of channels has mean and variance of its own.
    mutating func resolveGroupNormalization() throws(LayerError) {
        let x = try operand(0), groups = try integer("num_groups") ?? 0
        guard x.shape.count > 2, groups > 0, x.shape[1] % groups == 0 else {
            throw LayerError("\(groups) groups for a shape of \(Batch.text(x.shape))", attribute: "num_groups")
        }
        let inner = x.shape.dropFirst(2).elementCount
        let shape = [x.shape[0], groups, Count.times(x.shape[1] / groups, inner)]
        let grouped = emit(.reshape, "grouped", [x], shape, attributes: ["shape": .integers(shape)])
        let even = normalised(grouped, axes: [2], epsilon: try number("epsilon", default: 1e-5))
        let y = emit(.reshape, "ungrouped", [even], x.shape, attributes: ["shape": .integers(x.shape)])
        try giveScaled(y, channelAxisOf: x.shape)
    }

    /// `(x - mean) / sqrt(variance + epsilon)` over some axes.
    mutating func normalised(_ x: Operand, axes: [Int], epsilon: Double) -> Operand {
        var one = x.shape
        for axis in axes { one[axis] = 1 }
        let over: [String: JSONValue] = ["axes": .integers(axes), "keepdims": .bool(true)]
        let mean = emit(.reduceMean, "mean", [x], one, attributes: over)
        let distance = emit(.sub, "distance", [x, mean], x.shape)
        let squares = emit(.pow, "squares", [distance], x.shape, attributes: ["exponent": .double(2)])
        let variance = emit(.reduceMean, "variance", [squares], one, attributes: over)
        let least = constant("epsilon", Tensor([Float(epsilon)]))
        let sum = emit(.add, "sum", [variance, least], one)
        let deviation = emit(.sqrt, "deviation", [sum], one)
        return emit(.div, "normalised", [distance, deviation], x.shape)
    }

    /// Scale and offset of each channel, the second axis, as operands 1 and 2 state them.
    private mutating func giveScaled(_ y: Operand, channelAxisOf shape: Shape) throws(LayerError) {
        let channels = [shape[1]] + shape.dropFirst(2).map { _ in 1 }
        var parts: [Operand] = []
        for (place, name) in ["scale", "bias"].enumerated() {
            let values = try required(place + 1, name).load()
            guard let tensor = Tensor(shape: channels, numbers: values.numbers) else {
                throw LayerError("'\(name)' has \(values.count) values for \(shape[1]) channels", attribute: name)
            }
            parts.append(constant(name, tensor))
        }
        let scaled = emit(.mul, "scaled", [y, parts[0]], shape)
        give(.add, [scaled, parts[1]], shape)
    }

    /// Channels become places, or places channels: the elements in another order.
    mutating func resolveDepth() throws(LayerError) {
        let x = try operand(0), block = try integer("blocksize") ?? 0
        guard x.shape.count == 4, block > 0, block <= InputLimit.tensor.elements else {
            throw LayerError("blocksize \(block) for a shape of \(Batch.text(x.shape))", attribute: "blocksize")
        }
        let n = x.shape[0], c = x.shape[1], h = x.shape[2], w = x.shape[3], area = block * block
        let split: Shape, order: [Int], result: Shape
        if op == .depthToSpace {
            guard c % area == 0 else { throw unsupported("blocksize", block) }
            let mode = try text("mode", default: "DCR")
            switch mode {
            case "DCR": (split, order) = ([n, block, block, c / area, h, w], [0, 3, 4, 1, 5, 2])
            case "CRD": (split, order) = ([n, c / area, block, block, h, w], [0, 1, 4, 2, 5, 3])
            default: throw unsupported("mode", mode, help: "DCR and CRD are")
            }
            result = [n, c / area, h * block, w * block]
        } else {
            guard h % block == 0, w % block == 0 else { throw unsupported("blocksize", block) }
            (split, order) = ([n, c, h / block, block, w / block, block], [0, 3, 5, 1, 2, 4])
            result = [n, Count.times(c, area), h / block, w / block]
        }
        let parts = emit(.reshape, "parts", [x], split, attributes: ["shape": .integers(split)])
        let turned = emit(
            .transpose, "turned", [parts], order.map { split[$0] }, attributes: ["perm": .integers(order)])
        give(.reshape, [turned], result, attributes: ["shape": .integers(result)])
    }

    mutating func resolveResize() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        let mode = try text("mode", default: "nearest")
        for name in mode == "cubic" ? ["antialias"] : ["antialias", "exclude_outside"] {
            if let value = try integer(name), value != 0 { throw unsupported(name, value) }
        }
        let policy = try text("keep_aspect_ratio_policy", default: "stretch")
        guard policy == "stretch" else { throw unsupported("keep_aspect_ratio_policy", policy) }
        let axes = try (try integers("axes") ?? Array(0..<rank)).map { a throws(LayerError) in
            try axis(a, of: rank, "axes")
        }
        var sizes = x.shape
        var scales: [Double]?
        if let stated = try integers(3, "sizes"), !stated.isEmpty {
            guard stated.count == axes.count else { throw LayerError("\(stated) are not sizes", attribute: "sizes") }
            for (axis, size) in zip(axes, stated) { sizes[axis] = size }
            // The number of samples stays whatever it is.
            if axes.contains(0) { sizes[0] = x.shape[0] }
        } else if let stated = try tensor(2, "scales") {
            let factors = try stated.load().doubles
            guard factors.count == axes.count, factors.allSatisfy({ $0 > 0 && $0 < 1e6 }) else {
                throw LayerError("\(factors) are not scales", attribute: "scales")
            }
            var all = [Double](repeating: 1, count: rank)
            for (axis, factor) in zip(axes, factors) { all[axis] = factor }
            for axis in sizes.indices { sizes[axis] = Count.rounded((Double(sizes[axis]) * all[axis]).rounded(.down)) }
            scales = all
        } else {
            throw LayerError("neither scales nor sizes are stated", attribute: "scales")
        }
        guard sizes.first == x.shape.first, sizes.allSatisfy({ $0 > 0 }) else {
            throw LayerError("an output of \(Batch.text(sizes)) is not possible", attribute: "sizes")
        }
        let coordinates = try text("coordinate_transformation_mode", default: "half_pixel")
        if mode == "cubic" { return try giveCubic(x, sizes, scales, coordinates) }
        var attributes: [String: JSONValue] = [
            "sizes": .integers(sizes), "mode": .string(mode),
            "coordinate_transformation_mode": .string(coordinates),
            "nearest_mode": .string(try text("nearest_mode", default: "round_prefer_floor")),
        ]
        if let scales { attributes["scales"] = .array(scales.map { .double($0) }) }
        give(.resize, [x], sizes, attributes: attributes)
    }
}
