internal import Arrays
internal import Basics
internal import LayerKit

/// Parts of tensors, and tensors made of several.
extension ATenTranslator {
    /// Some places along an axis.
    mutating func part(
        of input: ATenValue, _ dim: Int, from begin: Int, count: Int, step: Int, name: String? = nil
    ) throws(LayerError) -> ATenValue {
        let size = input.size(dim)
        if begin == 0, step == 1, count == size { return input }
        let value = try ordered(input), axis = try axis(of: dim, in: value)
        guard count > 0 else { throw LayerError("it takes no elements") }
        let own = name ?? "part"
        // Backwards, the place before the first is one that no count reaches.
        let end = step > 0 ? begin + (count - 1) * step + 1 : begin + (count - 1) * step - 1
        let bounds = [
            ("starts", begin), ("ends", end < 0 ? -size - 1 : end), ("axes", axis), ("steps", step),
        ].map { integers([$1], for: "\(label.name)_\(own)_\($0)") }
        var result = value
        result.source = .node(emitOne("Slice", [node(of: value)] + bounds, part: name))
        result.label = nil
        result.axes[axis] = [atom(count)]
        result.dims[dim] = result.axes[axis]
        return result
    }

    mutating func slice() throws(LayerError) -> ATenValue {
        let input = try value("self"), dim = try input.dim(try integer("dim", default: 0)), size = input.size(dim)
        let begin: Int, end: Int, step: Int
        if call.arguments["length"] != nil {
            let start = try integer("start"), length = try integer("length")
            (begin, end, step) = (start < 0 ? start + size : start, (start < 0 ? start + size : start) + length, 1)
        } else {
            func place(_ value: Int) -> Int { min(max(value < 0 ? value + size : value, 0), size) }
            step = try integer("step", default: 1)
            (begin, end) = (place(try integer("start", default: 0)), place(try integer("end", default: size)))
        }
        if input.dims[dim].contains(.batch) {
            // All samples, whatever their number.
            guard begin == 0, step == 1, call.arguments["end"].map({ $0 == .none || $0 == .int(.max) }) ?? true else {
                throw LayerError("it takes some of the samples, which are computed one by one")
            }
            return input
        }
        guard step > 0, begin >= 0, end <= size, begin < end else {
            throw LayerError("it takes no elements of the \(size) along axis \(dim)")
        }
        return try part(of: input, dim, from: begin, count: Count.ratio(end - begin, step), step: step)
    }

    /// One place along an axis, which goes.
    private mutating func one(_ input: ATenValue, _ dim: Int, _ index: Int, part: String? = nil) throws(LayerError)
        -> ATenValue
    {
        let size = input.size(dim)
        if input.dims[dim].contains(.batch) {
            guard batch == .known(1), size == 1, [0, -1].contains(index) else {
                throw LayerError("it takes one of the samples, which are computed one by one")
            }
        }
        guard (-size..<size).contains(index) else { throw LayerError("there is no place \(index) of \(size)") }
        if size == 1 {
            var result = input
            result.dims.remove(at: dim)
            return result
        }
        let value = try ordered(input), axis = try axis(of: dim, in: value)
        let place = constantNode(
            Tensor(shape: [], numbers: .int64([Int64(index < 0 ? index + size : index)])) ?? Tensor([]),
            for: "\(label.name)_\(part.map { $0 + "_" } ?? "")index")
        var result = value
        result.source = .node(emitOne("Gather", [node(of: value), place], ["axis": .int(axis)], part: part))
        result.label = nil
        result.axes.remove(at: axis)
        result.dims.remove(at: dim)
        return result
    }

    mutating func select() throws(LayerError) -> ATenValue {
        let input = try value("self")
        return try one(input, try input.dim(try integer("dim")), try integer("index"))
    }

    mutating func unbind() throws(LayerError) -> [ATenValue] {
        let input = try value("self"), dim = try input.dim(try integer("dim", default: 0))
        guard call.outputs.count == input.size(dim) else { throw LayerError("its parts are not all of its input") }
        return try call.outputs.enumerated().map { index, output throws(LayerError) in
            // What nobody reads is no layer.
            guard let output, read.contains(output) else { return input }
            return try one(input, dim, index, part: "\(index)")
        }
    }

    /// How large the parts are is stated for them.
    mutating func split() throws(LayerError) -> [ATenValue] {
        ignore("split_size", "split_sizes", "chunks", "sections", "indices", "tensor_indices_or_sections")
        let input = try value("self"), dim = try input.dim(try integer("dim", default: 0))
        guard !input.dims[dim].contains(.batch) else {
            throw LayerError("it takes some of the samples, which are computed one by one")
        }
        var begin = 0
        var results: [ATenValue] = []
        for (index, output) in call.outputs.enumerated() {
            guard let output, let sizes = program.tensors[output]?.sizes, sizes.indices.contains(dim),
                case .known(let count) = sizes[dim]
            else { throw LayerError("the program does not state the shape of its results") }
            // What nobody reads is no layer.
            results.append(
                read.contains(output)
                    ? try part(of: input, dim, from: begin, count: count, step: 1, name: "\(index)") : input)
            begin += count
        }
        guard begin == input.size(dim) else { throw LayerError("its parts are not all of its input") }
        return results
    }

    mutating func flip() throws(LayerError) -> ATenValue {
        let input = try value("self")
        var result = input
        let dims = try sizes("dims") ?? []
        for (count, index) in dims.enumerated() {
            let dim = try input.dim(index), size = input.size(dim)
            guard size > 1 else { continue }
            result = try part(
                of: result, dim, from: size - 1, count: size, step: -1, name: count == dims.count - 1 ? nil : "\(dim)")
        }
        return result
    }

    mutating func concatenate() throws(LayerError) -> ATenValue {
        let inputs = try list("tensors")
        guard let first = inputs.first else { throw LayerError("it joins no tensors") }
        return try joined(inputs, try first.dim(try integer("dim", default: 0)))
    }

    mutating func stack() throws(LayerError) -> ATenValue {
        var inputs = try list("tensors")
        guard let first = inputs.first else { throw LayerError("it joins no tensors") }
        var dim = try integer("dim", default: 0)
        if dim < 0 { dim += first.dims.count + 1 }
        guard (0...first.dims.count).contains(dim) else { throw LayerError("there is no axis \(dim)") }
        for index in inputs.indices {
            guard inputs[index].dims.count >= dim else { throw LayerError("there is no axis \(dim)") }
            inputs[index].dims.insert([], at: dim)
        }
        return try joined(inputs, dim)
    }

    mutating func joined(_ inputs: [ATenValue], _ dim: Int, part: String? = nil) throws(LayerError) -> ATenValue {
        // A tensor without elements that stands for nothing joins nothing.
        let parts = inputs.filter { !($0.dims.count == 1 && ATenValue.size($0.dims[0]) == 0) }
        guard let like = parts.first(where: \.isPerSample) ?? parts.first else {
            throw LayerError("it joins no tensors")
        }
        if parts.count == 1 { return like }
        let model = try ordered(like)
        let axis = try axis(of: dim, in: model)
        if model.isPerSample, !parts.allSatisfy(\.isPerSample) {
            return try joined(parts, withConstants: dim)
        }
        var nodes: [String] = []
        var count = 0
        for input in parts {
            guard input.dims.count == model.dims.count else { throw LayerError("it joins tensors of other shapes") }
            let value = try ordered(input)
            for (index, (own, other)) in zip(value.dims, model.dims).enumerated() {
                guard own.contains(.batch) == other.contains(.batch),
                    index == dim || ATenValue.size(own) == ATenValue.size(other)
                else { throw LayerError("it joins tensors whose samples lie along other axes, or of other shapes") }
            }
            count += value.size(dim)
            nodes.append(node(of: value))
        }
        var result = model
        result.source = .node(emitOne("Concat", nodes, ["axis": .int(axis)], part: part))
        result.label = nil
        result.axes[axis] = [atom(count)]
        result.dims[dim] = result.axes[axis]
        return result
    }

    /// Numbers that are the same for every sample before or behind others: zeros, to which they are added.
    private mutating func joined(_ parts: [ATenValue], withConstants dim: Int)
        throws(LayerError) -> ATenValue
    {
        let places = parts.indices.filter { parts[$0].isPerSample }
        guard let first = places.first, let last = places.last, places.count == last - first + 1 else {
            throw LayerError("it joins numbers known between others; before and behind them they are read")
        }
        let data = try ordered(try joined(Array(parts[first...last]), dim, part: "data"))
        let axis = try axis(of: dim, in: data)
        guard data.dims.allSatisfy({ $0 == [.batch] || !$0.contains(.batch) }), data.axes[0] == [.batch] else {
            throw LayerError("it joins numbers known to tensors whose samples are merged with another axis")
        }
        var shape = data.axes.dropFirst().map(ATenValue.size)
        let outer = shape[..<(axis - 1)].reduce(1, *), inner = shape[axis...].reduce(1, *)
        let counts = parts.indices.map { places.contains($0) ? 0 : parts[$0].size(dim) }
        let before = counts[..<first].reduce(0, +), after = counts[last...].reduce(0, +)
        let whole = before + shape[axis - 1] + after
        var numbers = [Float](repeating: 0, count: outer * whole * inner)
        var start = 0
        for (index, part) in parts.enumerated() {
            guard !places.contains(index) else {
                start = before + shape[axis - 1]
                continue
            }
            let known = try ordered(part).constant?.singles ?? []
            guard part.dims.count == data.dims.count, known.count == outer * counts[index] * inner else {
                throw LayerError("it joins numbers known to tensors of other shapes")
            }
            for row in 0..<outer {
                for place in 0..<counts[index] * inner {
                    numbers[(row * whole + start) * inner + place] = known[row * counts[index] * inner + place]
                }
            }
            start += counts[index]
        }
        shape[axis - 1] = whole
        guard let tensor = Tensor(shape: shape, values: numbers) else { throw LayerError("its result is no tensor") }
        var pads = [Int](repeating: 0, count: 2 * data.axes.count)
        (pads[axis], pads[data.axes.count + axis]) = (before, after)
        let padded = emitOne(
            "Pad", [node(of: data), integers(pads, for: "\(label.name)_pads"), number(0, "zero")], part: "room")
        var result = data
        result.source = .node(emitOne("Add", [padded, constantNode(tensor, for: "\(label.name)_known")]))
        result.label = nil
        result.axes[axis] = [atom(whole)]
        result.dims[dim] = result.axes[axis]
        return result
    }

    /// Places that are numbers known, along one axis.
    mutating func gather(
        _ input: ATenValue, _ dim: Int, _ indices: Tensor, part: String? = nil
    ) throws(LayerError) -> ATenValue {
        guard case .int64(let places) = indices.numbers, indices.shape.count <= 1 else {
            throw LayerError("its indices are not a list of whole numbers")
        }
        let size = input.size(dim)
        let value = try ordered(input), axis = try axis(of: dim, in: value)
        let known = places.map { $0 < 0 ? $0 + Int64(size) : $0 }
        guard known.allSatisfy({ (0..<Int64(size)).contains($0) }), !known.isEmpty else {
            throw LayerError("its indices are beyond the \(size) places")
        }
        let list = constantNode(
            Tensor(shape: [known.count], numbers: .int64(known)) ?? Tensor([]), for: "\(label.name)_indices")
        var result = value
        result.source = .node(emitOne("Gather", [node(of: value), list], ["axis": .int(axis)], part: part))
        result.label = nil
        result.axes[axis] = [atom(known.count)]
        result.dims[dim] = result.axes[axis]
        return result
    }

    mutating func indexSelect() throws(LayerError) -> ATenValue {
        let input = try value("self"), dim = try input.dim(try integer("dim"))
        guard let indices = try weight("index") else { throw LayerError("it has no indices") }
        return try gather(input, dim, indices)
    }

    mutating func embedding() throws(LayerError) -> ATenValue {
        ignore("padding_idx", "scale_grad_by_freq", "sparse")
        guard let table = try weight("weight"), table.shape.count == 2 else { throw LayerError("it has no table") }
        let indices = try value("indices")
        let rows = constantNode(table.inSinglePrecision, for: "\(label.name)_weight")
        let name = emitOne("Gather", [rows, node(of: indices, real: false)], ["axis": .int(0)])
        let features = [atom(table.shape[1])]
        return ATenValue(source: .node(name), axes: indices.axes + [features], dims: indices.dims + [features])
    }
}
