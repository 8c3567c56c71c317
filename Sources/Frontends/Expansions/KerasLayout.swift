internal import Basics
internal import LayerKit

extension ImportExpansion {
    private static let spatial: Set<String> = Set(
        [1, 2, 3].flatMap { rank in
            [
                "Conv", "MaxPooling", "AveragePooling", "GlobalMaxPooling", "GlobalAveragePooling", "UpSampling",
                "ZeroPadding", "Cropping",
            ].map { "\($0)\(rank)D" }
        }
            + [1, 2].flatMap { ["DepthwiseConv\($0)D", "SeparableConv\($0)D", "Conv\($0)DTranspose"] } + ["Flatten"])

    /// before: `Conv2D(x) {data_format: channels_first}`; after: the channels moved to the end, the layer, and what it
    /// gives moved back. `Flatten` moves them to the end itself.
    static let kerasChannelsFirst = ImportExpansion(.keras, spatial) { node, shapes throws(LayerError) in
        guard node.attributes["data_format"]?.stringValue == "channels_first", let shape = shapes.first,
            shape.count > 1
        else { return nil }
        var attributes = node.attributes
        attributes["data_format"] = nil
        let rank = shape.count
        let toLast = node.part("Permute", "channels_last", node.inputs, ["dims": .dims(Array(2...rank) + [1])])
        let isGlobal = node.op.begins(with: "Global") && attributes["keepdims"] != .bool(true)
        if node.op == "Flatten" || isGlobal {
            return [toLast, node.last(node.op, toLast.outputs, attributes, node.tensors)]
        }
        let layer = node.part(node.op, "inner", toLast.outputs, attributes, node.tensors)
        return [
            toLast, layer, node.last("Permute", layer.outputs, ["dims": .dims([rank] + Array(1..<rank))]),
        ]
    }

    /// before: `Softmax(x) {axis: 1}` or `BatchNormalization(x) {axis: 1}`; after: the axis moved to the end, the layer,
    /// and the axis moved back.
    static let kerasAxis = ImportExpansion(.keras, ["Softmax", "BatchNormalization", "Normalization"]) {
        node, shapes throws(LayerError) in
        guard let shape = shapes.first, let axes = try node.site(.keras, shapes).integers("axis"), axes.count == 1,
            let axis = KerasAxis.position(axes[0], in: shape), axis != shape.count - 1
        else { return nil }
        var order = Array(1...shape.count)
        order.append(order.remove(at: axis))
        var back = Array(1..<shape.count)
        back.insert(shape.count, at: axis)
        var attributes = node.attributes
        attributes["axis"] = .int(-1)
        let toLast = node.part("Permute", "last_axis", node.inputs, ["dims": .dims(order)])
        let layer = node.part(node.op, "inner", toLast.outputs, attributes, node.tensors)
        return [toLast, layer, node.last("Permute", layer.outputs, ["dims": .dims(back)])]
    }

    /// before: `SeparableConv2D(x)`; after: `DepthwiseConv2D(x)` and a convolution by 1 x 1.
    static let kerasSeparable = ImportExpansion(.keras, ["SeparableConv1D", "SeparableConv2D"], activation: .states) {
        node, shapes throws(LayerError) in
        let rank = node.op == "SeparableConv1D" ? 1 : 2
        try node.site(.keras, shapes).expectAttributes(
            "filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "depth_multiplier",
            "use_bias", "groups")
        var attributes = node.attributes
        var own: [String: JSONValue] = [:]
        own["filters"] = attributes.removeValue(forKey: "filters")
        own["use_bias"] = attributes.removeValue(forKey: "use_bias")
        if let groups = attributes.removeValue(forKey: "groups"), groups != .int(1) {
            throw LayerError("groups is \(groups.summary): not supported", attribute: "groups")
        }
        attributes["use_bias"] = .bool(false)
        own["kernel_size"] = .dims([Int](repeating: 1, count: rank))
        let tensors = ImportSite.named(node.tensors, ["depthwise_kernel", "pointwise_kernel", "bias"])
        var depthwise: [String: ImportTensor] = [:], pointwise = tensors
        depthwise["depthwise_kernel"] = pointwise.removeValue(forKey: "depthwise_kernel")
        pointwise["kernel"] = pointwise.removeValue(forKey: "pointwise_kernel")
        let first = node.part("DepthwiseConv\(rank)D", "depthwise", node.inputs, attributes, depthwise)
        var second = node.last("Conv\(rank)D", first.outputs, own, pointwise)
        second.name = "\(node.name)_pointwise"
        return [first, second]
    }

    /// before: `RepeatVector(x) {n: 3}`; after: one step, three times.
    static let kerasRepeat = ImportExpansion(.keras, ["RepeatVector"]) { node, shapes throws(LayerError) in
        let site = node.site(.keras, shapes)
        try site.expectAttributes("n")
        guard let count = try site.integers("n"), count.count == 1, let shape = shapes.first, shape.count == 1 else {
            throw LayerError("it repeats vectors n times; its input has shape \(shapes)", attribute: "n")
        }
        let step = node.part("Reshape", "step", node.inputs, ["target_shape": .dims([1] + shape)])
        return [step, node.last("UpSampling1D", step.outputs, ["size": .dims(count)])]
    }
}

extension ImportExpansion {
    /// before: `GroupNormalization(x) {groups: 2}`; after: each group of channels an axis of its own, normalised over all
    /// others, and then a scale and an offset for each channel.
    static let kerasGroups = ImportExpansion(.keras, ["GroupNormalization"]) { node, shapes throws(LayerError) in
        let site = node.site(.keras, shapes)
        try site.expectAttributes("groups", "axis", "epsilon", "center", "scale")
        try site.expectLastAxis("axis")
        guard let shape = shapes.first, let channels = shape.last else { return nil }
        let stated = try site.integers("groups")?.first ?? 32
        let groups = stated == -1 ? channels : stated
        guard groups > 0, channels % groups == 0 else {
            throw LayerError("\(channels) channels do not fall into \(groups) groups", attribute: "groups")
        }
        let scaled = try site.flag("scale", default: true), centred = try site.flag("center", default: true)
        let apart = node.part(
            "Reshape", "groups", node.inputs, ["target_shape": .dims(shape.dropLast() + [groups, channels / groups])])
        let axes = Array(1..<shape.count) + [shape.count + 1]
        let normalised = node.part(
            "LayerNormalization", "normalised", apart.outputs,
            [
                "axis": .dims(axes), "epsilon": site.attributes["epsilon"] ?? .double(0.001), "center": .bool(false),
                "scale": .bool(false),
            ])
        let together = node.part("Reshape", "channels", normalised.outputs, ["target_shape": .dims(shape)])
        var tensors = ImportSite.named(
            node.tensors, (scaled ? ["gamma"] : []) + (centred ? ["beta"] : []))
        tensors["moving_mean"] = ImportTensor(Tensor([Float](repeating: 0, count: channels)))
        tensors["moving_variance"] = ImportTensor(Tensor([Float](repeating: 1, count: channels)))
        let affine = node.last(
            "BatchNormalization", together.outputs,
            ["axis": .int(-1), "epsilon": .double(0), "center": .bool(centred), "scale": .bool(scaled)], tensors)
        return [apart, normalised, together, affine]
    }

    /// before: `quantizers.clusters(x) {count: 3}` of steps and features; after: the steps in so many clusters, zeros
    /// behind the last one.
    static let kerasClusters = ImportExpansion(.keras, ["quantizers.clusters"]) { node, shapes throws(LayerError) in
        guard let shape = shapes.first, shape.count == 2,
            let count = node.attributes["count"]?.integerValue, (1...shape[0]).contains(count)
        else { throw LayerError("\(shapes) are no steps that fall into clusters", attribute: "lin_kv_proj_dim") }
        let length = (shape[0] + count - 1) / count
        let padded = node.part(
            "ZeroPadding1D", "padded", node.inputs, ["padding": .dims([0, count * length - shape[0]])])
        return [padded, node.last("Reshape", padded.outputs, ["target_shape": .dims([count, length, shape[1]])])]
    }
}

extension JSONValue {
    /// A list of whole numbers.
    static func dims(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .int($0) }) }
}

/// Axes as Keras counts them: the batch is 0, -1 the last.
enum KerasAxis {
    /// Without the batch; nil where there is no such axis.
    static func position(_ axis: Int, in shape: Shape) -> Int? {
        let position = axis < 0 ? shape.count + axis : axis - 1
        return shape.indices.contains(position) ? position : nil
    }
}
