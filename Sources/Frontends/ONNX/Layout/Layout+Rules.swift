internal import Basics
internal import LayerKit

extension Layout {
    mutating func place(_ node: ImportNode, _ op: ONNXOp) throws(LayerError) {
        switch op {
        case .constant:
            guard let value = node.tensors["value"] else { throw LayerError("a Constant without numbers") }
            setConstant(node.outputs[0], value)
        case .input: placeInput(node)
        case .add, .div, .max, .mean, .min, .mul, .sub, .sum: try placeBroadcast(node)
        case .conv, .convTranspose, .averagePool, .maxPool: try placeWindows(node)
        case .batchNormalization: try placeChannels(node)
        case .reduceMax, .reduceMean, .reduceMin, .reduceProd, .reduceSum: try placeReduction(node)
        case .reshape: try placeReshape(node)
        case .transpose: try placeTranspose(node)
        case .slice, .pad, .resize: try placeAlongAxes(node, op)
        case .gather: try placeGather(node)
        case .concat: try placeConcat(node)
        case .gemm: try placeGemm(node)
        case .einsum: try placeEinsum(node)
        case .softmax: try placeSoftmax(node)
        case .gru, .lstm, .rnn: try placeRecurrent(node)
        case .layerNormalization: try placeLayerNormalization(node)
        case .embedding: try placeEmbedding(node)
        default:
            guard op.isElementwise else { throw LayerError("operator \(node.op) is not supported here") }
            try placeElementwise(node)
        }
    }

    /// Samples first; channels last where operators of channels read it.
    private mutating func placeInput(_ node: ImportNode) {
        let rank = node.shapes[0].count
        let order = rank > 2 && hasChannels(node.outputs[0]) ? Placement.channelsLast(rank) : Placement.written(rank)
        let stored = Placement(value: "", shape: node.shapes[0], order: order).stored
        if order != Placement.written(rank) { markChannelsFirst(node.outputs[0]) }
        give(node, inputs: [], order: order, attributes: ["shape": .integers(stored)])
    }

    /// The first input, which must depend on what enters the network.
    func input(_ node: ImportNode) throws(LayerError) -> Placement { try placement(node.inputs[0]) }

    // MARK: Elements

    private mutating func placeElementwise(_ node: ImportNode) throws(LayerError) {
        let x = try input(node)
        var tensors = node.tensors
        for (name, tensor) in tensors { tensors[name] = try aligned(tensor, x) }
        give(node, inputs: [x.value], order: x.order, tensors: tensors)
    }

    /// Numbers that go along with a tensor of the file, in the order in which the firmware has it; without the samples'
    /// axis.
    func aligned(_ tensor: ImportTensor, _ placement: Placement) throws(LayerError) -> ImportTensor {
        let rank = placement.shape.count
        guard tensor.shape.count <= rank, rank > 0 else {
            throw LayerError("constants of \(tensor.shape.count) axes go along with a tensor of \(rank)")
        }
        let loaded = try tensor.load()
        if loaded.count == 1 { return ImportTensor(try loaded.reshaped([1]), storedAs: tensor.element) }
        let shape = [Int](repeating: 1, count: rank - tensor.shape.count) + tensor.shape
        var result = try loaded.reshaped(shape)
        switch placement.order {
        case .axes(let axes): result = try result.transposed(axes)
        case .elements(let elements):
            if shape[1] > 1 { result = try result.selecting(elements, shape: shape) }
        }
        guard result.shape[0] == 1 else {
            throw LayerError("constants of shape \(tensor.shape) are different for each sample")
        }
        return ImportTensor(try result.reshaped(Array(result.shape.dropFirst())), storedAs: tensor.element)
    }

    /// All in the order of the first that is not as written; constants are reordered, others transposed.
    private mutating func placeBroadcast(_ node: ImportNode) throws(LayerError) {
        var operands: [Placement] = []
        for input in node.inputs where !isConstant(input) { operands.append(try placement(input)) }
        let rank = node.shapes[0].count
        guard let first = operands.first, operands.allSatisfy({ $0.shape.count == rank }) else {
            throw LayerError(
                operands.isEmpty
                    ? "it computes with constants alone, in a way that is not supported"
                    : "tensors of different numbers of axes: the samples' axes do not lie above each other")
        }
        var order = operands.first { !$0.isWritten }?.order ?? first.order
        // A vector goes along with one in the same order, or with none.
        if case .elements = order, !operands.allSatisfy({ $0.order == order && $0.shape == first.shape }) {
            order = Placement.written(rank)
        }
        var inputs: [String] = []
        let whole = Placement(value: "", shape: node.shapes[0], order: order)
        for input in node.inputs {
            if let constant = constants[input] {
                let tensor = try aligned(constant, whole)
                inputs.append(
                    insert(
                        .constant, "\(node.name)_constant", [], tensor.shape, tensors: ["value": tensor],
                        origin: node.origin))
            } else {
                inputs.append(try ordered(input, order, of: node.origin).value)
            }
        }
        give(node, inputs: inputs, order: order)
    }

    // MARK: Channels

    private mutating func placeWindows(_ node: ImportNode) throws(LayerError) {
        let rank = node.shapes[0].count
        let x = try ordered(node.inputs[0], Placement.channelsLast(rank), of: node.origin)
        give(node, inputs: [x.value], order: x.order)
    }

    /// Any order with the channels last will do.
    private mutating func placeChannels(_ node: ImportNode) throws(LayerError) {
        var x = try input(node)
        var tensors = node.tensors
        switch x.order {
        case .axes(let axes):
            if axes.last != 1 {
                x = try ordered(node.inputs[0], Placement.channelsLast(x.shape.count), of: node.origin)
            }
        case .elements(let elements):
            for (name, tensor) in tensors {
                tensors[name] = ImportTensor(try tensor.load().selecting(elements, shape: [elements.count]))
            }
        }
        give(node, inputs: [x.value], order: x.order, tensors: tensors)
    }

    // MARK: Axes

    /// The input with its axes in some order; elements in an order of their own are put in the file's.
    private mutating func withAxes(_ node: ImportNode) throws(LayerError) -> (Placement, axes: [Int]) {
        var x = try input(node)
        if x.axes == nil { x = try ordered(node.inputs[0], Placement.written(x.shape.count), of: node.origin) }
        return (x, x.axes ?? [])
    }

    private mutating func placeReduction(_ node: ImportNode) throws(LayerError) {
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

    private mutating func placeTranspose(_ node: ImportNode) throws(LayerError) {
        let (x, axes) = try withAxes(node)
        let permutation = node.integers("perm")
        setPlacement(
            node.outputs[0],
            Placement(
                value: x.value, shape: node.shapes[0],
                order: .axes(axes.map { permutation.firstIndex(of: $0) ?? 0 })))
    }

    /// Lists with an entry for every axis; paddings have two.
    private mutating func placeAlongAxes(_ node: ImportNode, _ op: ONNXOp) throws(LayerError) {
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

    private mutating func placeGather(_ node: ImportNode) throws(LayerError) {
        let (x, axes) = try withAxes(node)
        let axis = node.attributes["axis"]?.integerValue ?? 0
        guard x.shape[axis] != Batch.size else { throw LayerError("it chooses among samples", attribute: "axis") }
        var attributes = node.attributes
        attributes["axis"] = .int(axes.firstIndex(of: axis) ?? 0)
        give(node, inputs: [x.value], order: x.order, attributes: attributes)
    }

    /// All in the order of the first that is not as written.
    private mutating func placeConcat(_ node: ImportNode) throws(LayerError) {
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
    private mutating func placeRecurrent(_ node: ImportNode) throws(LayerError) {
        let x = try ordered(node.inputs[0], Placement.written(3), of: node.origin)
        giveWritten(node, inputs: [x.value])
    }

    /// The axes that are normalised last, in the order in which scale and offset have them.
    private mutating func placeLayerNormalization(_ node: ImportNode) throws(LayerError) {
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
    private mutating func placeEmbedding(_ node: ImportNode) throws(LayerError) {
        let (x, axes) = try withAxes(node)
        give(node, inputs: [x.value], order: .axes(axes + [axes.count]))
    }

    private mutating func placeSoftmax(_ node: ImportNode) throws(LayerError) {
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

extension ImportNode {
    /// An attribute's whole numbers; none where it is absent.
    func integers(_ name: String) -> [Int] { (attributes[name]?.arrayValue ?? []).compactMap(\.integerValue) }
}
