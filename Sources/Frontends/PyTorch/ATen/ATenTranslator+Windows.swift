internal import Basics
internal import LayerKit

/// Convolutions, pooling and padding.
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
            try flag("transposed") || [.convTranspose1d, .convTranspose2d, .convTranspose3d].contains(op)
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
        let countsPadding = try flag("count_include_pad", default: true)
        guard has("divisor_override") else {
            attributes["count_include_pad"] = .int(countsPadding ? 1 : 0)
            return try replacing(input, emitOne("AveragePool", [node(of: input)], attributes))
        }
        // Sums by a number of its own: the means over all taps, times their number over that.
        let divisor = try real("divisor_override"), taps = attributes["kernel_shape"]?.arrayValue ?? []
        guard attributes["ceil_mode"] == .int(0), divisor != 0 else {
            throw LayerError("it divides by \(divisor) with windows that are cut off", attribute: "divisor_override")
        }
        attributes["count_include_pad"] = .int(1)
        let means = try replacing(input, emitOne("AveragePool", [node(of: input)], attributes, part: "means"))
        let count = taps.compactMap(\.numberValue).reduce(1, *)
        return try merge("Mul", means, scalar(count / divisor))
    }

    private mutating func windows() throws(LayerError) -> (ATenValue, [String: JSONValue]) {
        let input = try ordered(try value("self"))
        let axes = call.function.has("1") ? 1 : call.function.has("3") ? 3 : 2
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

    /// Windows whose number is stated and not their size.
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
        guard zip(sizes, counts).allSatisfy({ $1 > 0 && $0 % $1 == 0 }) else {
            return try op == "MaxPool" ? unevenMaxima(input, counts) : unevenMeans(input, counts)
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

    mutating func pixelShuffle() throws(LayerError) -> ATenValue {
        let input = try ordered(try value("self")), factor = try integer("upscale_factor")
        let name = emitOne(
            "DepthToSpace", [node(of: input)], ["blocksize": .int(factor), "mode": .string("CRD")])
        return try replacing(input, name)
    }
}
