internal import Basics
internal import LayerKit

extension ImportExpansion {
    private static let spatial: Set<String> = Set(
        [1, 2].flatMap { rank in
            [
                "Conv", "DepthwiseConv", "SeparableConv", "MaxPooling", "AveragePooling", "GlobalMaxPooling",
                "GlobalAveragePooling", "UpSampling", "ZeroPadding", "Cropping",
            ].map { "\($0)\(rank)D" } + ["Conv\(rank)DTranspose"]
        } + ["Flatten"])

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
