internal import Arrays
internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `c = Constant()`, `y = Mul(x, c)`; after: `y = Affine(x) [scale, bias]`.
    ///
    /// A sum, difference, product or quotient with trained numbers for each channel is a scale and an offset. Several in
    /// a row are one, and the offset of a product without one is that product's.
    static let gatherAffines = ImportPass("gather-affines") { graph in
        guard graph.format == .onnx else { return graph }
        var gathering = GatheringAffines(graph)
        for node in graph.nodes { gathering.add(node) }
        return gathering.graph
    }
}

private struct GatheringAffines {
    private(set) var graph: ImportGraph
    private var constants: [String: ImportTensor] = [:]
    private var shapes: [String: Shape] = [:]
    /// How often a value is read, by nodes or as an output.
    private var uses: [String: Int] = [:]
    private var places: [String: Int] = [:]

    init(_ graph: ImportGraph) {
        self.graph = graph
        for value in graph.nodes.flatMap(\.inputs) + graph.outputs { uses[value, default: 0] += 1 }
        self.graph.nodes = []
    }

    mutating func add(_ node: ImportNode) {
        var node = node
        if node.op == ONNXOp.constant.rawValue { constants[node.outputs[0]] = node.tensors["value"] }
        if let affine = try? affine(node) {
            if merge(affine, node) { return }
            node.op = ONNXOp.affine.rawValue
            node.inputs = [affine.input]
            node.attributes = [:]
            node.tensors = [
                "scale": ImportTensor(Tensor(affine.scale)), "bias": ImportTensor(Tensor(affine.bias)),
            ]
        }
        for (output, shape) in zip(node.outputs, node.shapes) {
            shapes[output] = shape
            places[output] = graph.nodes.count
        }
        graph.nodes.append(node)
    }

    private struct Scaling {
        var input: String
        var scale: [Float]
        var bias: [Float]
        /// What made the offset what it is.
        var quantizer: TrainedQuantizer?
    }

    /// A node as scale and offset of its other operand; nil where it is none.
    private func affine(_ node: ImportNode) throws(LayerError) -> Scaling? {
        guard let op = ONNXOp(rawValue: node.op), [.add, .sub, .mul, .div].contains(op), node.inputs.count == 2,
            node.faults.isEmpty, let shape = node.shapes.first, let channels = shape.last, shape.count > 1
        else { return nil }
        let first = constants[node.inputs[0]], second = constants[node.inputs[1]]
        guard let constant = first ?? second, first == nil || second == nil else { return nil }
        let input = node.inputs[first == nil ? 0 : 1]
        guard shapes[input] == shape, constant.shape.dropLast().allSatisfy({ $0 == 1 }) else { return nil }
        let numbers = try constant.load()
        guard numbers.infiniteCount == 0, numbers.count == 1 || numbers.count == channels else { return nil }
        let values = numbers.count == 1 ? [Float](repeating: numbers.singles[0], count: channels) : numbers.singles
        let ones = [Float](repeating: 1, count: channels), zeros = [Float](repeating: 0, count: channels)
        switch (op, first == nil) {
        case (.add, _):
            return Scaling(
                input: input, scale: ones, bias: values, quantizer: numbers.count == channels ? constant.quantizer : nil
            )
        case (.sub, true): return Scaling(input: input, scale: ones, bias: values.map { -$0 })
        case (.sub, false): return Scaling(input: input, scale: ones.map { -$0 }, bias: values)
        case (.mul, _): return Scaling(input: input, scale: values, bias: zeros)
        case (.div, true):
            guard values.allSatisfy({ $0 != 0 }) else { return nil }
            return Scaling(input: input, scale: values.map { 1 / $0 }, bias: zeros)
        default: return nil
        }
    }

    /// Whether the node before, which nothing else reads, takes scale and offset into its own numbers.
    private mutating func merge(_ affine: Scaling, _ node: ImportNode) -> Bool {
        guard uses[affine.input] == 1, let place = places[affine.input],
            let op = ONNXOp(rawValue: graph.nodes[place].op), graph.nodes[place].faults.isEmpty
        else { return false }
        let before = graph.nodes[place]
        switch op {
        case .affine:
            guard let scale = try? before.tensors["scale"]?.load().singles,
                let bias = try? before.tensors["bias"]?.load().singles
            else { return false }
            graph.nodes[place].tensors = [
                "scale": ImportTensor(Tensor(zip(scale, affine.scale).map { $0 * $1 })),
                "bias": ImportTensor(
                    Tensor(bias.indices.map { affine.scale[$0] * bias[$0] + affine.bias[$0] })),
            ]
        case .gemm, .conv, .convTranspose:
            let name = op == .gemm ? "C" : "B"
            guard before.tensors[name] == nil, affine.scale.allSatisfy({ $0 == 1 }) else { return false }
            var bias = ImportTensor(Tensor(affine.bias))
            bias.quantizer = affine.quantizer
            graph.nodes[place].tensors[name] = bias
        default: return false
        }
        // It stands where it did, and gives what the scaling gave.
        graph.nodes[place].outputs = node.outputs
        places[node.outputs[0]] = place
        shapes[node.outputs[0]] = node.shapes.first
        return true
    }
}
