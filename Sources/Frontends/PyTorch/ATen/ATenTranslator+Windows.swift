internal import Basics
internal import LayerKit

/// Convolutions, pooling, padding and resizing.
extension ATenTranslator {
    mutating func convolution(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        ignore("benchmark", "deterministic", "cudnn_enabled", "allow_tf32")
        let input = try ordered(try value("input")), bias = try weight("bias")
        guard let kernel = try weight("weight") else { throw LayerError("it has no weights") }
        let axes = kernel.shape.count - 2
        guard axes > 0, input.axes.count == axes + 2, input.isPerSample, input.dims.count >= axes + 1 else {
            throw LayerError("its input has not the samples, channels and \(max(axes, 1)) more axes that it takes")
        }
        let isTransposed =
            try flag("transposed") || op == .convTranspose1d || op == .convTranspose2d
        let strides = try sizes("stride", axes: axes, default: 1)
        let dilations = try sizes("dilation", axes: axes, default: 1)
        let groups = try integer("groups", default: 1)
        let taps = Array(kernel.shape[2...])
        var attributes: [String: JSONValue] = [
            "kernel_shape": .integers(taps), "strides": .integers(strides), "dilations": .integers(dilations),
            "group": .int(groups),
        ]
        attributes["pads"] = .integers(try paddings(taps, dilations, strides))
        let extra = try sizes("output_padding", axes: axes, default: 0)
        if isTransposed { attributes["output_padding"] = .integers(extra) }
        let parts =
            [constantNode(kernel.inSinglePrecision, for: "\(label.name)_weight")]
            + (bias.map { [constantNode($0.inSinglePrecision, for: "\(label.name)_bias")] } ?? [])
        let name = emitOne(isTransposed ? "ConvTranspose" : "Conv", [node(of: input)] + parts, attributes)
        return try replacing(input, name)
    }

    /// The zeros before each axis, then those behind; `same` has the odd one behind.
    private mutating func paddings(_ taps: [Int], _ dilations: [Int], _ strides: [Int]) throws(LayerError) -> [Int] {
        guard case .text(let word) = call.arguments["padding"] else {
            let pads = try sizes("padding", axes: taps.count, default: 0)
            return pads + pads
        }
        _ = argument("padding")
        switch word {
        case "valid": return [Int](repeating: 0, count: 2 * taps.count)
        case "same":
            let all = zip(taps, dilations).map { Count.times($0 - 1, $1) }
            return all.map { $0 / 2 } + all.map { $0 - $0 / 2 }
        default: throw LayerError("its argument 'padding' is '\(word)', which is not read", attribute: "padding")
        }
    }

    /// What gives another size to every axis of an ordered value, as the program states it.
    mutating func replacing(_ value: ATenValue, _ name: String) throws(LayerError) -> ATenValue {
        var result = value
        result.source = .node(name)
        result.label = nil
        for (index, size) in try outputSizes().enumerated() {
            guard result.dims.indices.contains(index), result.dims[index] != [.batch] else { continue }
            guard case .known(let known) = size, !result.dims[index].contains(.batch),
                let axis = result.axes.firstIndex(of: result.dims[index])
            else { throw LayerError("it treats samples as an axis of their own") }
            result.axes[axis] = [atom(known)]
            result.dims[index] = result.axes[axis]
        }
        return result
    }

    mutating func maxPool() throws(LayerError) -> ATenValue {
        if call.outputs.count > 1, let places = call.outputs[1], read.contains(places) {
            throw LayerError("the places of its maxima are read, which is not supported")
        }
        let (input, attributes) = try windows()
        return try replacing(input, emitOne("MaxPool", [node(of: input)], attributes))
    }

    mutating func averagePool() throws(LayerError) -> ATenValue {
        var (input, attributes) = try windows()
        attributes["dilations"] = nil
        attributes["count_include_pad"] = .int(try flag("count_include_pad", default: true) ? 1 : 0)
        if has("divisor_override") {
            throw LayerError("it divides by a number of its own, which is not read", attribute: "divisor_override")
        }
        return try replacing(input, emitOne("AveragePool", [node(of: input)], attributes))
    }

    private mutating func windows() throws(LayerError) -> (ATenValue, [String: JSONValue]) {
        let input = try ordered(try value("self"))
        let axes = call.function.has("1") ? 1 : 2
        guard input.axes.count == axes + 2, input.isPerSample else {
            throw LayerError("its input has not the samples, channels and \(axes) more axes that it takes")
        }
        let taps = try sizes("kernel_size", axes: axes, default: 1)
        let pads = try sizes("padding", axes: axes, default: 0)
        let stated = try sizes("stride") ?? []
        let strides = stated.isEmpty ? taps : try sizes("stride", axes: axes, default: 1)
        return (
            input,
            [
                "kernel_shape": .integers(taps), "strides": .integers(strides), "pads": .integers(pads + pads),
                "dilations": .integers(try sizes("dilation", axes: axes, default: 1)),
                "ceil_mode": .int(try flag("ceil_mode") ? 1 : 0),
            ]
        )
    }

    /// Windows whose number is stated and not their size: those of one size are read.
    mutating func adaptivePool(_ op: String) throws(LayerError) -> ATenValue {
        if call.outputs.count > 1, let places = call.outputs[1], read.contains(places) {
            throw LayerError("the places of its maxima are read, which is not supported")
        }
        let input = try ordered(try value("self"))
        let counts = try sizes("output_size") ?? []
        guard input.isPerSample, input.axes.count == counts.count + 2 else {
            throw LayerError("its input has not the samples, channels and \(counts.count) more axes that it takes")
        }
        let sizes = input.axes.suffix(counts.count).map(ATenValue.size)
        for (size, count) in zip(sizes, counts) where count < 1 || size % count != 0 {
            throw LayerError(
                "\(size) places do not fall into \(count) windows of one size", attribute: "output_size",
                help: "give it a size that divides those of its input")
        }
        if counts.allSatisfy({ $0 == 1 }) {
            return try replacing(input, emitOne("Global" + op, [node(of: input)]))
        }
        let taps = zip(sizes, counts).map { $0 / $1 }
        return try replacing(
            input,
            emitOne(op, [node(of: input)], ["kernel_shape": .integers(taps), "strides": .integers(taps)]))
    }

    mutating func pad() throws(LayerError) -> ATenValue {
        let mode = try text("mode", default: "constant")
        if mode != "constant" { return try mirrored(mode) }
        let filling = try real("value", default: 0), pads = try sizes("pad") ?? []
        let input = try ordered(try value("self"))
        guard pads.count.isMultiple(of: 2), pads.count / 2 <= input.dims.count else {
            throw LayerError("its argument 'pad' has \(pads.count) numbers", attribute: "pad")
        }
        var before = [Int](repeating: 0, count: input.axes.count), after = before
        // From the last axis on.
        for index in 0..<pads.count / 2 where pads[2 * index] != 0 || pads[2 * index + 1] != 0 {
            let axis = try axis(of: input.dims.count - 1 - index, in: input)
            (before[axis], after[axis]) = (pads[2 * index], pads[2 * index + 1])
        }
        guard (before + after).allSatisfy({ $0 >= 0 }) else {
            throw LayerError("it cuts off with padding below zero, which is not read", attribute: "pad")
        }
        let inputs = [node(of: input), integers(before + after, for: "\(label.name)_pads"), number(filling)]
        return try replacing(input, emitOne("Pad", inputs))
    }

    mutating func resize(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        ignore("output_size", "scale_factors", "scales", "scales_h", "scales_w")
        let input = try ordered(try value(call.arguments["self"] == nil ? "input" : "self"))
        let axes = op == .upsampleNearest1d ? 1 : 2
        guard input.isPerSample, input.axes.count == axes + 2 else {
            throw LayerError("its input has not the samples, channels and \(axes) more axes that it takes")
        }
        let isLinear = op == .upsampleBilinear2d
        let corners = isLinear ? try flag("align_corners") : false
        var sizes: [Int] = []
        for size in try outputSizes().suffix(axes) {
            guard case .known(let known) = size else { throw LayerError("its size is not known") }
            sizes.append(known)
        }
        let factors = try zip(sizes, input.axes.suffix(axes)).map { size, axis throws(LayerError) in
            let own = ATenValue.size(axis)
            guard own > 0, size % own == 0 else {
                throw LayerError("it resizes \(own) to \(size): whole factors are read", attribute: "scale_factor")
            }
            return Float(size / own)
        }
        let scales = constantNode(Tensor([1, 1] + factors), for: "\(label.name)_scales")
        let attributes: [String: JSONValue] =
            isLinear
            ? [
                "mode": .string("linear"),
                "coordinate_transformation_mode": .string(corners ? "align_corners" : "half_pixel"),
            ]
            : [
                "mode": .string("nearest"), "coordinate_transformation_mode": .string("asymmetric"),
                "nearest_mode": .string("floor"),
            ]
        return try replacing(input, emitOne("Resize", [node(of: input), "", scales], attributes))
    }

    mutating func pixelShuffle() throws(LayerError) -> ATenValue {
        let input = try ordered(try value("self")), factor = try integer("upscale_factor")
        let name = emitOne(
            "DepthToSpace", [node(of: input)], ["blocksize": .int(factor), "mode": .string("CRD")])
        return try replacing(input, name)
    }
}
