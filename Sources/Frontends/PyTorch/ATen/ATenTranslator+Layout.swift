internal import Arrays
internal import Basics
internal import LayerKit

/// From views to what is stored.
extension ATenTranslator {
    /// What a node gives for each sample, axes as they are stored.
    mutating func stored(_ name: String, _ shape: Shape) -> ATenValue {
        let axes = shape.map { [atom($0)] }
        return ATenValue(source: .node(name), axes: [[.batch]] + axes, dims: [[.batch]] + axes)
    }

    /// Numbers at hand.
    mutating func constant(_ tensor: Tensor, _ name: String) -> ATenValue {
        let axes = tensor.shape.map { [atom($0)] }
        return ATenValue(source: .constant(tensor, name: name), axes: axes, dims: axes)
    }

    /// The value as its view has it: the batch first, if there is one, then its dimensions in order, each an axis.
    ///
    /// A dimension that is the batch alone has no axis of its own; one in which the batch is merged with others has
    /// an axis for those.
    mutating func ordered(_ value: ATenValue) throws(LayerError) -> ATenValue {
        var value = value
        var axes: [[Atom]] = value.isPerSample ? [[.batch]] : []
        for (index, dim) in value.dims.enumerated() where dim != [.batch] {
            let rest = dim.filter { !$0.isBatch }
            if rest.count < dim.count, let place = dim.firstIndex(of: .batch), place != 0,
                ATenValue.size(Array(dim[..<place])) != 1, ATenValue.size(Array(dim[place...])) != 1
            {
                throw LayerError("its axis \(index) has samples between its elements")
            }
            axes.append(rest)
        }
        let used = Set(axes.flatMap { $0 })
        // A batch of one sample need not be seen; everything else is.
        let unseen = value.axes.flatMap { $0 }.filter { !used.contains($0) && $0.size != 1 && !$0.isBatch }
        guard unseen.isEmpty else { throw LayerError("a view of it leaves out elements") }
        value = try store(value, as: axes)
        // Whatever an axis was made of, it is one now.
        var next = value.isPerSample ? 1 : 0
        for (index, dim) in value.dims.enumerated() where dim != [.batch] {
            let whole = atom(ATenValue.size(dim))
            value.dims[index] = ATenValue.dim(like: dim, [whole])
            value.axes[next] = [whole]
            next += 1
        }
        return value
    }

    /// The value with its numbers stored along these axes, by a Transpose and a Reshape where it takes them.
    mutating func store(_ value: ATenValue, as axes: [[Atom]]) throws(LayerError) -> ATenValue {
        func solid(_ axes: [[Atom]]) -> [[Atom]] { axes.map { $0.filter { $0.isBatch || $0.size != 1 } } }
        if solid(value.axes) == solid(axes), value.axes.count == axes.count {
            var result = value
            result.axes = axes
            return result
        }
        let wanted = solid(axes).flatMap { $0 }
        var value = value
        if solid(value.axes).flatMap({ $0 }) != wanted {
            // Axes that are cut are stored cut before they are moved.
            let parts = solid(value.axes).flatMap { $0 }
            if solid(value.axes).contains(where: { $0.count > 1 }) {
                value = storedAnew(value, parts.map { [$0] }, last: false)
            }
            let order = wanted.map { atom in
                value.axes.firstIndex { $0.contains(atom) } ?? 0
            }
            guard Set(order).count == wanted.count else { throw LayerError("a view of it repeats elements") }
            // Axes of one element keep their places behind the others.
            let rest = value.axes.indices.filter { !order.contains($0) }
            let moved = (order + rest).map { value.axes[$0] }
            value = try transposed(value, order + rest, last: moved.count == axes.count && solid(moved) == solid(axes))
        }
        if value.axes.count == axes.count, solid(value.axes) == solid(axes) {
            value.axes = axes
            return value
        }
        return storedAnew(value, axes)
    }

    private mutating func transposed(_ value: ATenValue, _ order: [Int], last: Bool) throws(LayerError) -> ATenValue {
        var result = value
        result.axes = order.map { value.axes[$0] }
        switch value.source {
        case .constant(let tensor, let name):
            let shape = value.axes.map(ATenValue.size)
            result.source = .constant(try tensor.viewed(as: shape).transposed(order), name: name)
        case .node(let input):
            let own = value.label ?? label
            let name = name(of: value, last, "transpose")
            add(
                ImportNode(
                    "Transpose", name, inputs: [input],
                    attributes: ["perm": .array(order.map(JSONValue.int))], origin: own.origin))
            result.source = .node(name)
        }
        return result
    }

    mutating func storedAnew(_ value: ATenValue, _ axes: [[Atom]], last: Bool = true) -> ATenValue {
        var result = value
        result.axes = axes
        switch value.source {
        case .constant(let tensor, let name):
            result.source = .constant(tensor.viewed(as: axes.map(ATenValue.size)), name: name)
        case .node(let input):
            let own = value.label ?? label
            let name = name(of: value, last, "reshape")
            let shape = axes.map { $0 == [.batch] ? 0 : ATenValue.size($0) }
            let sizes = integers(shape, for: "\(name)_shape", origin: own.origin)
            add(ImportNode("Reshape", name, inputs: [input, sizes], origin: own.origin))
            result.source = .node(name)
        }
        return result
    }

    /// A name that was given to a call, if no node has it yet.
    private func unusedName(_ name: String) -> String? { nodeNames.contains(name) ? nil : name }

    /// What the user calls a view is the last layer that it takes.
    private mutating func name(of value: ATenValue, _ last: Bool, _ part: String) -> String {
        if last, let own = value.label, let name = unusedName(own.name) { return name }
        return claim("\((value.label ?? label).name)_\(part)")
    }

    mutating func add(_ node: ImportNode) {
        nodeNames.insert(node.name)
        nodes.append(node)
    }

    /// The node of the graph that gives a value as it is stored: for numbers at hand a constant.
    ///
    /// - Parameter real: whether numbers are wanted as such; indices and sizes are whole.
    mutating func node(of value: ATenValue, real: Bool = true) -> String {
        switch value.source {
        case .node(let name): return name
        case .constant(let tensor, let name):
            let shape = value.axes.map(ATenValue.size)
            var numbers = tensor.viewed(as: shape)
            if real, case .int64 = numbers.numbers { numbers = numbers.inSinglePrecision }
            return constantNode(numbers, for: name)
        }
    }

    mutating func constantNode(_ tensor: Tensor, for name: String, origin: String? = nil) -> String {
        let name = claim(name)
        add(
            ImportNode("Constant", name, tensors: ["value": ImportTensor(tensor)], origin: origin ?? label.origin))
        return name
    }

    mutating func integers(_ values: [Int], for name: String, origin: String? = nil) -> String {
        constantNode(
            Tensor(shape: [values.count], numbers: .int64(values.map(Int64.init))) ?? Tensor([]), for: name,
            origin: origin)
    }

    /// One number in single precision, as PyTorch computes with those that a program states.
    mutating func number(_ value: Double, _ name: String = "value") -> String {
        constantNode(Tensor(shape: [], values: [Float(value)]) ?? Tensor([]), for: "\(label.name)_\(name)")
    }

    /// A node for the call that is translated now.
    ///
    /// - Parameter part: what it does besides the operation that the call is named after; nil for that itself.
    mutating func emit(
        _ op: String, _ inputs: [String], _ attributes: [String: JSONValue] = [:], part: String? = nil, outputs: Int = 1
    ) -> [String] {
        let name = part.map { claim("\(label.name)_\($0)") } ?? unusedName(label.name) ?? claim(label.name)
        let values = [name] + (1..<max(outputs, 1)).map { claim("\(name)_\($0)") }
        add(
            ImportNode(op, name, inputs: inputs, outputs: values, attributes: attributes, origin: label.origin))
        return values
    }

    /// A node with one output.
    mutating func emitOne(
        _ op: String, _ inputs: [String], _ attributes: [String: JSONValue] = [:], part: String? = nil
    ) -> String {
        emit(op, inputs, attributes, part: part)[0]
    }
}

extension Tensor {
    /// The same numbers in another shape. Precondition: as many.
    func viewed(as shape: Shape) -> Tensor { Tensor(shape: shape, numbers: numbers) ?? self }
}
