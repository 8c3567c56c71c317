internal import Basics
internal import LayerKit

/// Operators along axes, which are renamed.
extension Layout {
    /// The input with its axes in some order; elements in an order of their own are put in the file's.
    private mutating func withAxes(_ node: ImportNode) throws(LayerError) -> (Placement, axes: [Int]) {
        var x = try input(node)
        if x.axes == nil { x = try ordered(node.inputs[0], Placement.written(x.shape.count), of: node.origin) }
        return (x, x.axes ?? [])
    }

    mutating func placeReduction(_ node: ImportNode) throws(LayerError) {
        let (x, axes) = try withAxes(node)
        let reduced = node.integers("axes")
        let keeps = node.attributes["keepdims"] == .bool(true)
        guard !reduced.contains(where: { x.shape[$0] == Batch.size }) else {
            throw LayerError("it computes over the samples", attribute: "axes")
        }
        let kept = axes.filter { !reduced.contains($0) }
        // Axes behind one that is gone have lower numbers.
        let order = keeps ? axes : kept.map { axis in axis - reduced.count { $0 < axis } }
        var attributes = node.attributes
        attributes["axes"] = .integers(reduced.map { axes.firstIndex(of: $0) ?? 0 }.sorted())
        give(node, inputs: [x.value], order: .axes(order), attributes: attributes)
    }

    mutating func placeTranspose(_ node: ImportNode) throws(LayerError) {
        let (x, axes) = try withAxes(node)
        let permutation = node.integers("perm")
        setPlacement(
            node.outputs[0],
            Placement(
                value: x.value, shape: node.shapes[0],
                order: .axes(axes.map { permutation.firstIndex(of: $0) ?? 0 })))
    }

    /// Lists with an entry for every axis; paddings have two.
    mutating func placeAlongAxes(_ node: ImportNode, _ op: ONNXOp) throws(LayerError) {
        let (x, axes) = try withAxes(node)
        let sample = x.shape.firstIndex(of: Batch.size)
        guard node.shapes[0].firstIndex(of: Batch.size) == sample,
            sample.map({ node.shapes[0][$0] == x.shape[$0] }) ?? false
        else { throw LayerError("it cuts or adds samples", attribute: "axes") }
        var attributes = node.attributes
        for name in ["starts", "steps", "counts", "sizes"] where attributes[name] != nil {
            let values = node.integers(name)
            attributes[name] = .integers(axes.map { values[$0] })
        }
        if let scales = attributes["scales"]?.arrayValue { attributes["scales"] = .array(axes.map { scales[$0] }) }
        if op == .pad {
            let pads = node.integers("pads"), rank = axes.count
            attributes["pads"] = .integers(axes.map { pads[$0] } + axes.map { pads[$0 + rank] })
        }
        give(node, inputs: [x.value], order: x.order, attributes: attributes)
    }

    mutating func placeGather(_ node: ImportNode) throws(LayerError) {
        let (x, axes) = try withAxes(node)
        let axis = node.attributes["axis"]?.integerValue ?? 0
        guard x.shape[axis] != Batch.size else { throw LayerError("it chooses among samples", attribute: "axis") }
        var attributes = node.attributes
        attributes["axis"] = .int(axes.firstIndex(of: axis) ?? 0)
        give(node, inputs: [x.value], order: x.order, attributes: attributes)
    }

    /// All in the order of the first that is not as written.
    mutating func placeConcat(_ node: ImportNode) throws(LayerError) {
        let axis = node.attributes["axis"]?.integerValue ?? 0, rank = node.shapes[0].count
        var operands: [Placement] = []
        for input in node.inputs {
            guard !isConstant(input) else {
                throw LayerError("constants beside what enters the network are not supported in Concat")
            }
            operands.append(try placement(input))
        }
        guard operands.allSatisfy({ $0.shape[axis] != Batch.size }) else {
            throw LayerError("it puts samples behind each other", attribute: "axis")
        }
        // Vectors in orders of their own make one in an order of its own.
        if axis == 1, rank == 2, operands.contains(where: { $0.axes == nil }) {
            var elements: [Int] = [], start = 0
            for operand in operands {
                let own: [Int] = if case .elements(let own) = operand.order { own } else { Array(0..<operand.shape[1]) }
                elements += own.map { $0 + start }
                start += operand.shape[1]
            }
            return give(node, inputs: operands.map(\.value), order: .elements(elements))
        }
        let order = operands.first { !$0.isWritten && $0.axes != nil }?.order ?? Placement.written(rank)
        var inputs: [String] = []
        for input in node.inputs { inputs.append(try ordered(input, order, of: node.origin).value) }
        guard case .axes(let axes) = order else { return }
        give(
            node, inputs: inputs, order: order, attributes: ["axis": .int(axes.firstIndex(of: axis) ?? 0)])
    }

    /// Samples, steps, features.
    mutating func placeRecurrent(_ node: ImportNode) throws(LayerError) {
        let x = try ordered(node.inputs[0], Placement.written(3), of: node.origin)
        var inputs = [x.value]
        for state in node.inputs.dropFirst() {
            if let constant = constants[state] {
                inputs.append(
                    insert(
                        .constant, "\(node.name)_state", [], constant.shape, tensors: ["value": constant],
                        origin: node.origin))
            } else {
                inputs.append(try ordered(state, Placement.written(2), of: node.origin).value)
            }
        }
        giveWritten(node, inputs: inputs)
    }

    /// The axes that are normalised last, in the order in which scale and offset have them.
    mutating func placeLayerNormalization(_ node: ImportNode) throws(LayerError) {
        var (x, axes) = try withAxes(node)
        let count = node.integers("axes").count, rank = axes.count
        guard x.shape.suffix(count).allSatisfy({ $0 != Batch.size }) else {
            throw LayerError("it computes over the samples", attribute: "axis")
        }
        if Array(axes.suffix(count)) != Array(rank - count..<rank) {
            axes = Array(0..<rank)
            x = try ordered(node.inputs[0], .axes(axes), of: node.origin)
        }
        give(node, inputs: [x.value], order: x.order)
    }

    /// A row for each element, its numbers along an axis behind the others.
    mutating func placeEmbedding(_ node: ImportNode) throws(LayerError) {
        let (x, axes) = try withAxes(node)
        give(node, inputs: [x.value], order: .axes(axes + [axes.count]))
    }

    mutating func placeSoftmax(_ node: ImportNode) throws(LayerError) {
        var (x, axes) = try withAxes(node)
        let axis = node.attributes["axis"]?.integerValue ?? axes.count - 1
        guard x.shape[axis] != Batch.size else { throw LayerError("it computes over the samples", attribute: "axis") }
        if axes.last != axis {
            axes = axes.filter { $0 != axis } + [axis]
            x = try ordered(node.inputs[0], .axes(axes), of: node.origin)
        }
        give(node, inputs: [x.value], order: x.order, attributes: [:])
    }
}
