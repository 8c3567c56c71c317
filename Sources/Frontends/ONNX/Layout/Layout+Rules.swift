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
        var numbers = ImportTensor(
            try result.reshaped(Array(result.shape.dropFirst())), storedAs: tensor.element)
        if let original = tensor.quantizer?.original {
            numbers.quantizer = TrainedQuantizer(original: try aligned(ImportTensor(original), placement).load())
        }
        return numbers
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
}

extension ImportNode {
    /// An attribute's whole numbers; none where it is absent.
    func integers(_ name: String) -> [Int] { (attributes[name]?.arrayValue ?? []).compactMap(\.integerValue) }
}
