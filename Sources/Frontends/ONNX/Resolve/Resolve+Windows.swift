internal import Basics
internal import LayerKit

/// Operators that slide windows over the axes behind samples and channels.
extension ONNXCall {
    /// A window's geometry along every axis, with paddings as numbers.
    struct Windows {
        var sizes: [Int]
        var strides: [Int]
        var dilations: [Int]
        /// Before, then behind, each axis.
        var before: [Int]
        var after: [Int]

        var attributes: [String: JSONValue] {
            [
                "kernel_shape": .integers(sizes), "strides": .integers(strides), "dilations": .integers(dilations),
                "pads": .integers(before + after),
            ]
        }

        /// From the first to the last element that a window sees along an axis.
        func extent(_ axis: Int) -> Int { Count.plus(Count.times(sizes[axis] - 1, dilations[axis]), 1) }

        /// How many places a window has on an axis of so many elements.
        func places(_ axis: Int, on size: Int) -> Int {
            let room = Count.plus(Count.plus(size, before[axis]), after[axis]) - extent(axis)
            return room < 0 ? 0 : room / strides[axis] + 1
        }
    }

    /// No number of a window is larger: their products can be counted.
    private static let limit = InputLimit.tensor.elements

    /// The geometry that the attributes state, for an input of this shape.
    private func windows(_ x: Operand, kernel: [Int]?) throws(LayerError) -> Windows {
        let rank = x.shape.count - 2
        guard rank >= 1 else {
            throw LayerError("\(node.op) takes samples, channels and at least one axis, not \(Batch.text(x.shape))")
        }
        let sizes = try integers("kernel_shape") ?? kernel ?? []
        guard kernel == nil || kernel == sizes else {
            throw LayerError(
                "kernel_shape \(sizes) of \(node.op) is not that of its weights, \(kernel ?? [])",
                attribute: "kernel_shape")
        }
        let strides = try integers("strides") ?? [Int](repeating: 1, count: rank)
        let dilations = try integers("dilations") ?? [Int](repeating: 1, count: rank)
        for (name, values) in [("kernel_shape", sizes), ("strides", strides), ("dilations", dilations)] {
            guard values.count == rank, values.allSatisfy({ (1...Self.limit).contains($0) }) else {
                throw LayerError("\(name) \(values) of \(node.op) does not fit \(rank) axes", attribute: name)
            }
        }
        let pads = try integers("pads") ?? [Int](repeating: 0, count: 2 * rank)
        guard pads.count == 2 * rank, pads.allSatisfy({ (0...Self.limit).contains($0) }) else {
            throw LayerError("pads \(pads) of \(node.op) do not fit \(rank) axes", attribute: "pads")
        }
        return Windows(
            sizes: sizes, strides: strides, dilations: dilations, before: Array(pads.prefix(rank)),
            after: Array(pads.suffix(rank)))
    }

    /// The geometry with the padding that `auto_pad` asks for.
    private func padded(_ x: Operand, kernel: [Int]?) throws(LayerError) -> Windows {
        var windows = try windows(x, kernel: kernel)
        let mode = try text("auto_pad", default: "NOTSET")
        switch mode {
        case "NOTSET": break
        case "VALID":
            windows.before = windows.before.map { _ in 0 }
            windows.after = windows.before
        case "SAME_UPPER", "SAME_LOWER":
            for axis in windows.sizes.indices {
                let size = x.shape[axis + 2], stride = windows.strides[axis]
                let need = Count.times(Count.ratio(size, stride) - 1, stride) + windows.extent(axis) - size
                let all = max(0, need), less = all / 2
                windows.before[axis] = mode == "SAME_UPPER" ? less : all - less
                windows.after[axis] = all - windows.before[axis]
            }
        default: throw unsupported("auto_pad", mode, help: "NOTSET, VALID, SAME_UPPER and SAME_LOWER are")
        }
        return windows
    }

    private func places(_ windows: Windows, _ x: Operand) throws(LayerError) -> [Int] {
        let places = windows.sizes.indices.map { windows.places($0, on: x.shape[$0 + 2]) }
        guard places.allSatisfy({ $0 > 0 }) else {
            throw LayerError(
                "a window of \(windows.sizes) does not fit the input of \(node.op), of shape \(Batch.text(x.shape))",
                attribute: "kernel_shape")
        }
        return places
    }

    private func kernel(_ name: String) throws(LayerError) -> ImportTensor {
        let kernel = try required(1, name)
        guard kernel.shape.count == (try operand(0)).shape.count, !kernel.shape.contains(0) else {
            throw LayerError("\(name) of \(node.op) has the shape \(kernel.shape)", attribute: name)
        }
        return kernel
    }

    /// Weights with the taps first: (taps..., second axis, first axis).
    private static func channelsLast(_ weights: ImportTensor) throws(LayerError) -> ImportTensor {
        ImportTensor(try weights.load().transposed(Array(2..<weights.shape.count) + [1, 0]))
    }

    mutating func resolveConv() throws(LayerError) {
        let x = try operand(0), weights = try kernel("W")
        let windows = try padded(x, kernel: Array(weights.shape.dropFirst(2)))
        var attributes = windows.attributes
        attributes["group"] = .int(try integer("group") ?? 1)
        var tensors = ["W": try Self.channelsLast(weights)]
        if let bias = try tensor(2, "B") { tensors["B"] = bias }
        let shape = [x.shape[0], weights.shape[0]] + (try places(windows, x))
        give(.conv, [x], shape, attributes: attributes, tensors: tensors)
    }

    /// Paddings are what is cut off of the full result; `output_shape` spreads it over both ends.
    mutating func resolveConvTranspose() throws(LayerError) {
        let x = try operand(0), weights = try kernel("W")
        var windows = try windows(x, kernel: Array(weights.shape.dropFirst(2)))
        let rank = windows.sizes.count, group = try integer("group") ?? 1
        let mode = try text("auto_pad", default: "NOTSET")
        let extra = try integers("output_padding") ?? [Int](repeating: 0, count: rank)
        guard extra.count == rank, extra.allSatisfy({ (0...Self.limit).contains($0) }) else {
            throw LayerError("output_padding \(extra) does not fit \(rank) axes", attribute: "output_padding")
        }
        var sizes = (0..<rank).map { axis in
            Count.times(windows.strides[axis], x.shape[axis + 2] - 1) + extra[axis] + windows.extent(axis)
        }
        let stated = try integers("output_shape").map { Array($0.suffix(rank)) }
        let wanted =
            mode == "SAME_UPPER" || mode == "SAME_LOWER"
            ? stated ?? (0..<rank).map { x.shape[$0 + 2] * windows.strides[$0] } : stated
        if let wanted {
            guard wanted.count == rank else {
                throw LayerError("output_shape \(wanted) does not fit \(rank) axes", attribute: "output_shape")
            }
            for axis in 0..<rank {
                let all = max(0, sizes[axis] - wanted[axis]), less = all / 2
                windows.before[axis] = mode == "SAME_UPPER" ? less : all - less
                windows.after[axis] = all - windows.before[axis]
            }
            if mode != "NOTSET", stated == nil, let axis = (0..<rank).first(where: { wanted[$0] > sizes[$0] }) {
                throw LayerError(
                    "auto_pad=\(mode) of ConvTranspose asks for \(wanted[axis]) places of an axis, but its windows "
                        + "reach \(sizes[axis])", attribute: "auto_pad",
                    help: "export with pads and output_padding")
            }
            sizes = wanted
        } else {
            guard mode == "NOTSET" || mode == "VALID" else { throw unsupported("auto_pad", mode) }
            for axis in 0..<rank { sizes[axis] -= windows.before[axis] + windows.after[axis] }
        }
        guard sizes.allSatisfy({ (1...Self.limit).contains($0) }), (1...Self.limit).contains(group) else {
            throw LayerError("an output of \(sizes) is not possible", attribute: "output_shape")
        }
        var attributes = windows.attributes
        attributes["group"] = .int(group)
        attributes["output_shape"] = .integers(sizes)
        var tensors = ["W": try Self.channelsLast(weights)]
        if let bias = try tensor(2, "B") { tensors["B"] = bias }
        give(
            .convTranspose, [x], [x.shape[0], Count.times(weights.shape[1], group)] + sizes, attributes: attributes,
            tensors: tensors)
    }

    /// Rounding up the number of places lets the last window hang over the end: that is padding behind the axis, which
    /// means do not count.
    mutating func resolvePool() throws(LayerError) {
        var x = try operand(0)
        var windows = try padded(x, kernel: nil)
        // A sum of powers is a mean over all places of a window, those of the padding among them, times their number.
        if op == .lpPool { x = try powers(x) }
        var counts = op == .averagePool ? try flag("count_include_pad") : op == .lpPool
        if try flag("ceil_mode") {
            let over = windows.sizes.indices.map { hangingOver(windows, $0, x.shape[$0 + 2]) }
            if over.contains(where: { $0 > 0 }), counts, op == .averagePool {
                x = padding(windows, x)
                windows.before = windows.before.map { _ in 0 }
                windows.after = windows.before
                counts = false
            }
            for axis in over.indices { windows.after[axis] += over[axis] }
        }
        var attributes = windows.attributes
        if op != .maxPool { attributes["count_include_pad"] = .bool(counts) }
        let shape = Array(x.shape.prefix(2)) + (try places(windows, x))
        guard node.outputs.count == 1 else { throw LayerError("the indices of MaxPool are not supported") }
        if op == .lpPool {
            let mean = emit(.averagePool, "mean", [x], shape, attributes: attributes)
            let count = windows.sizes.reduce(1) { Count.times($0, $1) }
            return try giveRoot(scaled(mean, by: Double(count), "sum"))
        }
        give(op, [x], shape, attributes: attributes)
    }

    /// How far the last window of an axis hangs over its end, with the number of places rounded up. A window that would
    /// begin in the padding behind is left out.
    private func hangingOver(_ windows: Windows, _ axis: Int, _ size: Int) -> Int {
        let stride = windows.strides[axis]
        let all = size + windows.before[axis] + windows.after[axis], room = all - windows.extent(axis)
        guard room >= 0 else { return 0 }
        var places = Count.ratio(room, stride) + 1
        if (places - 1) * stride >= size + windows.before[axis] { places -= 1 }
        return max(0, (places - 1) * stride + windows.extent(axis) - all)
    }

    /// Zeros around the axes of windows.
    private mutating func padding(_ windows: Windows, _ x: Operand) -> Operand {
        var shape = x.shape
        for axis in windows.sizes.indices { shape[axis + 2] += windows.before[axis] + windows.after[axis] }
        return emit(
            .pad, "padded", [x], shape,
            attributes: [
                "pads": .integers([0, 0] + windows.before + [0, 0] + windows.after), "value": .double(0),
            ])
    }

    mutating func resolveGlobalPool() throws(LayerError) {
        let x = try operand(0)
        guard x.shape.count > 2 else { throw LayerError("\(node.op) takes samples, channels and at least one axis") }
        let axes = Array(2..<x.shape.count)
        give(
            op == .globalAveragePool ? .reduceMean : .reduceMax, [x], x.shape.prefix(2) + axes.map { _ in 1 },
            attributes: ["axes": .integers(axes), "keepdims": .bool(true)])
    }
}
