internal import Basics
internal import LayerKit

extension Layout {
    /// The same elements under another shape.
    ///
    /// A vector of all elements of a sample keeps the order that they have; axes of one element come and go; everything
    /// else needs the file's order.
    mutating func placeReshape(_ node: ImportNode) throws(LayerError) {
        let x = try input(node), target = node.shapes[0]
        if case .elements = x.order, target == x.shape {
            return setPlacement(node.outputs[0], Placement(value: x.value, shape: target, order: x.order))
        }
        if let order = withUnitAxes(x, target) { return reshape(node, x, order) }
        if let axes = x.axes, target.count == 2, target.first == Batch.size, axes.first == 0 {
            let own = Strides.steps(of: Array(x.shape.dropFirst())), inner = axes.dropFirst().map { $0 - 1 }
            let elements = Places.all(inner.map { x.shape[$0 + 1] }, steps: inner.map { own[$0] })
            return reshape(node, x, .elements(elements))
        }
        // Wherever the samples' axis is in the file: what is before it and what is behind it keep to themselves.
        guard let from = x.shape.firstIndex(of: Batch.size), let to = target.firstIndex(of: Batch.size),
            x.shape[..<from].elementCount == target[..<to].elementCount,
            !target.indices.contains(where: { $0 != to && Batch.isPart(of: target[$0]) })
        else {
            throw LayerError("the shape \(Batch.text(target)) puts samples and other axes into one", attribute: "shape")
        }
        func samplesFirst(_ at: Int, _ rank: Int) -> Placement.Order { .axes([at] + (0..<rank).filter { $0 != at }) }
        reshape(
            node, try ordered(node.inputs[0], samplesFirst(from, x.shape.count), of: node.origin),
            samplesFirst(to, target.count))
    }

    private mutating func reshape(_ node: ImportNode, _ x: Placement, _ order: Placement.Order) {
        let stored = Placement(value: x.value, shape: node.shapes[0], order: order).stored
        // Nothing but the file's axes have changed.
        if stored == x.stored {
            return setPlacement(node.outputs[0], Placement(value: x.value, shape: node.shapes[0], order: order))
        }
        give(node, inputs: [x.value], order: order, attributes: ["shape": .integers(stored)])
    }

    /// The order of the axes behind a reshape that only adds or removes axes of one element, or needs none moved; nil
    /// for another.
    private func withUnitAxes(_ x: Placement, _ target: Shape) -> Placement.Order? {
        guard let axes = x.axes else { return nil }
        let moving = axes.filter { x.shape[$0] != 1 }
        if moving == moving.sorted(), target.first == Batch.size { return Placement.written(target.count) }
        let from = x.shape.indices.filter { x.shape[$0] != 1 }, to = target.indices.filter { target[$0] != 1 }
        guard from.map({ x.shape[$0] }) == to.map({ target[$0] }) else { return nil }
        // The axes of more elements in the order that they have, and those of one where channels-last has them.
        let order = moving.map { to[from.firstIndex(of: $0) ?? 0] }
        if case .axes(let last) = Placement.channelsLast(target.count),
            last.filter({ target[$0] != 1 }) == order
        {
            return .axes(last)
        }
        let units = target.indices.filter { target[$0] == 1 }
        return .axes(order.prefix(1) + units + order.dropFirst())
    }

    // MARK: Products

    /// A product with trained numbers over the last axis: rows of the weights go with the elements.
    mutating func placeGemm(_ node: ImportNode) throws(LayerError) {
        var x = try input(node)
        var tensors = node.tensors
        switch x.order {
        case .elements(let elements):
            guard let kernel = try tensors["B"]?.load() else { throw LayerError("the weights are missing") }
            let columns = kernel.shape[1]
            tensors["B"] = ImportTensor(
                try kernel.selecting(
                    elements.flatMap { row in (row * columns..<(row + 1) * columns) }, shape: kernel.shape))
            x.order = Placement.written(2)
        case .axes(let axes):
            if axes.last != axes.count - 1 {
                x = try ordered(node.inputs[0], Placement.written(axes.count), of: node.origin)
            }
        }
        give(node, inputs: [x.value], order: x.order, tensors: tensors)
    }

    /// Letters are renamed where axes lie elsewhere; that of the samples is left out.
    mutating func placeEinsum(_ node: ImportNode) throws(LayerError) {
        let equation = Array((node.attributes["equation"]?.stringValue ?? "").utf8)
        guard let arrow = equation.firstIndex(of: 45) else { throw LayerError("an Einsum without an arrow") }
        let sides = equation[..<arrow].split(separator: 44).map { Array($0) }
        var result = Array(equation[(arrow + 2)...])
        var operands: [[UInt8]] = [], inputs: [String] = [], kernels: [([UInt8], ImportTensor)] = []
        var sample: UInt8?
        for (input, letters) in zip(node.inputs, sides) {
            if let constant = constants[input] {
                kernels.append((letters, constant))
                continue
            }
            var x = try placement(input)
            if x.axes == nil { x = try ordered(input, Placement.written(x.shape.count), of: node.origin) }
            let own = (x.axes ?? []).map { letters[$0] }
            guard let first = own.first, sample ?? first == first else {
                throw LayerError("the samples of its operands are different axes", attribute: "equation")
            }
            sample = first
            operands.append(Array(own.dropFirst()))
            inputs.append(x.value)
        }
        guard let sample, let at = result.firstIndex(of: sample), kernels.count <= 1,
            !operands.contains(where: { $0.contains(sample) }), !kernels.contains(where: { $0.0.contains(sample) })
        else { throw LayerError("it computes over the samples", attribute: "equation") }
        let order = [at] + result.indices.filter { $0 != at }
        result = order.dropFirst().map { result[$0] }
        operands += kernels.map(\.0)
        let text =
            operands.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",") + "->"
            + String(decoding: result, as: UTF8.self)
        give(
            node, inputs: inputs, order: .axes(order), attributes: ["equation": .string(text)],
            tensors: kernels.first.map { ["kernel": $0.1] } ?? [:])
    }
}
