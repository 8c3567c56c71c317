internal import Arrays
internal import Basics
internal import LayerKit

/// Operators that show the same numbers otherwise: none of them is a node by itself.
extension ATenTranslator {
    /// The value under the name of this call.
    private func seen(_ value: ATenValue, _ dims: [[Atom]]) -> ATenValue {
        var result = value
        result.dims = dims
        result.label = label
        return result
    }

    /// Which sizes are meant is stated for the result.
    mutating func reshape() throws(LayerError) -> ATenValue {
        ignore("size", "shape", "dim", "start_dim", "end_dim", "sizes", "other", "dtype")
        return try viewed(try value("self"), try outputSizes())
    }

    func withCuts(_ value: ATenValue, _ cuts: [Atom: [Atom]]) -> ATenValue {
        func cut(_ atoms: [Atom]) -> [Atom] {
            atoms.flatMap { atom in cuts[atom].map { cut($0) } ?? [atom] }
        }
        var result = value
        result.axes = value.axes.map(cut)
        return result
    }

    mutating func viewed(_ value: ATenValue, _ sizes: [ATenSize]) throws(LayerError) -> ATenValue {
        if let result = split(value, sizes) { return result }
        // The sizes cut across what is stored, which is stored in order first.
        if let result = split(try ordered(value), sizes) { return result }
        var inOrder = try ordered(value)
        inOrder.label = label
        let isSeen = inOrder.dims.contains { $0.contains(.batch) }
        guard !isSeen || (inOrder.dims.first == [.batch] && sizes.first == batch) else {
            throw LayerError("it takes elements of several samples together")
        }
        let axes = try sizes.dropFirst(isSeen ? 1 : 0).map { size throws(LayerError) in
            guard case .known(let known) = size else { throw LayerError("its result has sizes that are not known") }
            return [atom(known)]
        }
        var result = storedAnew(inOrder, (inOrder.isPerSample ? [[.batch]] : []) + axes)
        result.dims = (isSeen ? [[.batch]] : []) + axes
        return result
    }

    private mutating func split(_ value: ATenValue, _ sizes: [ATenSize]) -> ATenValue? {
        var next = atoms
        var split = ViewSplit(value.dims.flatMap { $0 }, batch: batch) { size in
            next += 1
            return Atom(id: next, size: size)
        }
        guard var dims = split.axes(sizes) else { return nil }
        atoms = next
        // What is the samples' axis and one element is the samples' axis alone.
        for index in dims.indices where dims[index].contains(.batch) {
            dims[index].removeAll { !$0.isBatch && $0.size == 1 }
        }
        return seen(withCuts(value, split.cuts), dims)
    }

    mutating func squeeze() throws(LayerError) -> ATenValue {
        ignore("dim")
        let input = try value("self")
        var dims: [[Atom]] = []
        let wanted = call.arguments["dim"] ?? .none
        let chosen: [Int]
        switch wanted {
        case .none: chosen = Array(input.dims.indices)
        default:
            chosen = try (try self.sizes("dim") ?? []).map { index throws(LayerError) in try input.dim(index) }
        }
        for (index, dim) in input.dims.enumerated() {
            let isOne = dim.contains(.batch) ? batch == .known(1) && ATenValue.size(dim) == 1 : ATenValue.size(dim) == 1
            if !(chosen.contains(index) && isOne) { dims.append(dim) }
        }
        return seen(input, dims)
    }

    mutating func unsqueeze() throws(LayerError) -> ATenValue {
        let input = try value("self")
        var place = try integer("dim")
        if place < 0 { place += input.dims.count + 1 }
        guard (0...input.dims.count).contains(place) else { throw LayerError("there is no axis \(place)") }
        var dims = input.dims
        dims.insert([], at: place)
        return seen(input, dims)
    }

    mutating func permute(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let input = try value("self"), rank = input.dims.count
        var order = Array(0..<rank)
        switch op {
        case .permute:
            order = try (try sizes("dims") ?? []).map { index throws(LayerError) in try input.dim(index) }
            guard order.sorted() == Array(0..<rank) else {
                throw LayerError("its argument 'dims' is no order of the axes")
            }
        case .transpose, .swapaxes:
            let first = try input.dim(try integer(op == .swapaxes ? "axis0" : "dim0"))
            let second = try input.dim(try integer(op == .swapaxes ? "axis1" : "dim1"))
            if rank > 0 { order.swapAt(first, second) }
        case .mT:
            guard rank >= 2 else { throw LayerError("it has no two axes") }
            order.swapAt(rank - 1, rank - 2)
        case .movedim:
            let from = try (try sizes("source") ?? []).map { index throws(LayerError) in try input.dim(index) }
            let to = try (try sizes("destination") ?? []).map { index throws(LayerError) in try input.dim(index) }
            guard from.count == to.count, Set(to).count == to.count else { throw LayerError("it moves no axes") }
            var rest = order.filter { !from.contains($0) }
            order = order.map { place in
                if let index = to.firstIndex(of: place) { return from[index] }
                return rest.removeFirst()
            }
        default: order.reverse()
        }
        return seen(input, order.map { input.dims[$0] })
    }

    /// The same number for each place along the axes that are new.
    mutating func expand() throws(LayerError) -> ATenValue {
        ignore("size", "implicit", "other")
        return try expand(try value("self"), to: try outputSizes())
    }

    mutating func expand(_ input: ATenValue, to sizes: [ATenSize]) throws(LayerError) -> ATenValue {
        var value = input
        while value.dims.count < sizes.count { value.dims.insert([], at: 0) }
        // Numbers that are the same for every sample are seen along the samples, and stored once.
        if !value.isPerSample, !value.dims.joined().contains(.batch), batch != .known(1) {
            let place = sizes.firstIndex(of: batch)
            // A number of samples that is known may be that of something else behind the first axis.
            if let place, ATenValue.size(value.dims[place]) == 1, place == 0 || !batch.isKnown {
                value.dims[place] = [.batch]
            }
        }
        // What is the same for every sample need not be stored for each.
        let grows = zip(sizes, value.dims).contains { size, dim in
            guard case .known(let known) = size, !dim.contains(.batch) else { return false }
            return known != ATenValue.size(dim) && !(size == batch && ATenValue.size(dim) == 1 && isFirst(dim, value))
        }
        if !grows { return seen(value, value.dims) }
        value = try ordered(value)
        var shape: [Int] = []
        for (size, dim) in zip(sizes, value.dims) where dim != [.batch] {
            guard case .known(let known) = size else {
                shape.append(ATenValue.size(dim))
                continue
            }
            shape.append(dim.contains(.batch) ? ATenValue.size(dim) : known)
        }
        let target = integers((value.isPerSample ? [1] : []) + shape, for: "\(label.name)_shape")
        let name = emitOne("Expand", [node(of: value), target])
        var result = value
        result.source = .node(name)
        result.axes = (value.isPerSample ? [[.batch]] : []) + shape.map { [atom($0)] }
        var next = value.isPerSample ? 1 : 0
        for index in result.dims.indices where result.dims[index] != [.batch] {
            result.dims[index] = ATenValue.dim(like: result.dims[index], result.axes[next])
            next += 1
        }
        return result
    }

    /// Whether an axis is the first of a constant: there it stands for the samples.
    private func isFirst(_ dim: [Atom], _ value: ATenValue) -> Bool {
        !value.isPerSample && value.dims.first == dim
    }

    /// - Parameter name: of the argument that says how often; axes that it leaves out are taken once.
    mutating func tile(_ name: String) throws(LayerError) -> ATenValue {
        var input = try value("self")
        if case .sizes(let stated) = call.arguments[name], stated.count == input.dims.count,
            !input.isPerSample, !batch.isKnown, !input.dims.joined().contains(.batch),
            let place = stated.firstIndex(where: { !$0.isKnown }),
            stated.indices.allSatisfy({ $0 == place || stated[$0] == .known(1) })
        {
            // Numbers for each sample that are the same for all, beside each other.
            _ = argument(name)
            input.dims[place].insert(.batch, at: 0)
            return seen(input, input.dims)
        }
        var repeats = try sizes(name) ?? []
        while repeats.count < input.dims.count { repeats.insert(1, at: 0) }
        while input.dims.count < repeats.count { input.dims.insert([], at: 0) }
        let value = try ordered(input)
        var counts: [Int] = value.isPerSample ? [1] : []
        for (index, count) in repeats.enumerated() {
            guard value.dims[index].contains(.batch) else {
                counts.append(count)
                continue
            }
            guard count == 1 else { throw LayerError("it repeats samples", attribute: "repeats") }
            if value.dims[index] != [.batch] { counts.append(1) }
        }
        if counts.allSatisfy({ $0 == 1 }) { return seen(value, value.dims) }
        let name = emitOne("Tile", [node(of: value), integers(counts, for: "\(label.name)_repeats")])
        return try replacing(value, name)
    }

    /// What changes the place or the type of numbers, and not their values.
    mutating func same() throws(LayerError) -> ATenValue {
        ignore("dtype", "layout", "device", "pin_memory", "non_blocking", "memory_format", "copy", "other")
        let input = try value("self")
        guard let name = call.outputs[0], let type = program.tensors[name]?.element, !type.isFloatingPoint,
            case .tensor(let source) = call.arguments["self"], let own = program.tensors[source]?.element
        else { return input }
        if type == .bool, own != .bool { return try truthValue("self") }
        return own.isFloatingPoint ? try truncated(input) : input
    }

    mutating func dropout() throws(LayerError) -> ATenValue {
        ignore("p", "generator")
        guard try !flag("train") else { throw Self.training }
        return try value(call.arguments["self"] == nil ? "input" : "self")
    }
}
