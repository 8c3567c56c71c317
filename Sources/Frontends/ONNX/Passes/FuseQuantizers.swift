internal import Arrays
internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `q = QuantizeLinear(x)`, `c = Clip(q)`, `y = DequantizeLinear(c)`; after: `y = QuantizeDequantize(x)`.
    ///
    /// Whole numbers between the two, bounded once more or not, as one quantiser of real numbers. What else reads the
    /// whole numbers is refused: they are no numbers of the network.
    static let fuseQuantizers = ImportPass("fuse-quantizers") { graph in
        guard graph.format == .onnx else { return graph }
        var fusing = FusingQuantizers(graph)
        for index in graph.nodes.indices { fusing.fuse(index) }
        return fusing.finished()
    }
}

private struct FusingQuantizers {
    private(set) var graph: ImportGraph
    /// Whole numbers by the value that holds them: what was quantised, how, and between which bounds.
    private var steps: [String: Steps] = [:]

    /// Real numbers where the file has whole ones: what moved or chose among them, and the steps that they are of.
    private var moved: [String: Steps] = [:]
    /// Nodes to be put in, each before the node at a place.
    private var inserted: [(place: Int, node: ImportNode)] = []

    private struct Steps {
        var source: ImportNode
        var low: Double
        var high: Double
    }

    init(_ graph: ImportGraph) { self.graph = graph }

    func finished() -> ImportGraph {
        var result = graph
        for (place, node) in inserted.reversed() { result.nodes.insert(node, at: place) }
        return result
    }

    mutating func fuse(_ index: Int) {
        let node = graph.nodes[index]
        guard node.faults.isEmpty, !node.shapes.isEmpty, let op = ONNXOp(rawValue: node.op) else {
            // Of what is refused nothing more is told by telling what it reads.
            if node.inputs.contains(where: { steps[$0] != nil }) { graph.nodes[index].inputs = [] }
            return
        }
        do throws(LayerError) {
            switch op {
            case .quantizeLinear:
                let range = try node.tensors["zero_point"]?.wholeNumbers() ?? 0...255
                steps[node.outputs[0]] = Steps(source: node, low: range.lowerBound, high: range.upperBound)
            case .clip:
                guard var steps = steps[node.inputs[0]] else { return }
                steps.low = max(steps.low, node.attributes["min"]?.numberValue ?? -.infinity)
                steps.high = min(steps.high, node.attributes["max"]?.numberValue ?? .infinity)
                self.steps[node.outputs[0]] = steps
            case .identity, .cast: steps[node.outputs[0]] = steps[node.inputs[0]]
            case .gather, .maxPool, .reshape, .slice, .transpose: try pass(node, index)
            case .resize where node.attributes["mode"] == .string("nearest"): try pass(node, index)
            case .dequantizeLinear where moved[node.inputs[0]] != nil:
                guard let steps = moved[node.inputs[0]] else { return }
                try expectSame(node, steps)
                graph.nodes[index].op = ONNXOp.identity.rawValue
                graph.nodes[index].tensors = [:]
                graph.nodes[index].attributes = [:]
            case .dequantizeLinear:
                guard let steps = steps[node.inputs[0]] else {
                    throw LayerError(
                        "DequantizeLinear of what no QuantizeLinear gives is not supported",
                        help: "numbers that enter the network are real ones")
                }
                graph.nodes[index] = try fused(node, steps)
            default:
                guard let read = node.inputs.first(where: { steps[$0] != nil || moved[$0] != nil }),
                    let steps = steps[read] ?? moved[read]
                else { return }
                throw LayerError(
                    "it computes with the whole numbers that '\(steps.source.origin)' gives",
                    help: "export with DequantizeLinear behind every QuantizeLinear")
            }
        } catch {
            graph.nodes[index].faults.append(error.diagnostic(layer: node.origin))
            // What it reads is told of with it.
            graph.nodes[index].inputs = []
        }
    }

    /// A node that moves numbers, or chooses among them.
    private mutating func pass(_ node: ImportNode, _ index: Int) throws(LayerError) {
        if let steps = steps[node.inputs[0]] {
            try move(steps, by: index)
        } else if let steps = moved[node.inputs[0]] {
            moved[node.outputs[0]] = steps
        }
    }

    /// Steps of one size may be moved, and the largest chosen among them, as well in real numbers.
    private mutating func move(_ steps: Steps, by index: Int) throws(LayerError) {
        guard steps.source.tensors["scale"]?.shape.elementCount == 1,
            steps.source.tensors["zero_point"]?.shape.elementCount ?? 1 == 1
        else {
            throw LayerError(
                "it moves whole numbers that '\(steps.source.origin)' gives with a scale for each channel",
                help: "export with DequantizeLinear behind every QuantizeLinear")
        }
        var real = steps.source
        real.name = "\(steps.source.name)_real_\(index)"
        real.outputs = [real.name]
        inserted.append((index, try fused(real, steps)))
        moved[graph.nodes[index].outputs[0]] = steps
        graph.nodes[index].inputs[0] = real.name
    }

    private func expectSame(_ node: ImportNode, _ steps: Steps) throws(LayerError) {
        guard node.tensors["scale"] == steps.source.tensors["scale"],
            zero(node) == zero(steps.source)
        else {
            throw LayerError(
                "it has another scale or zero point than '\(steps.source.origin)', whose numbers it reads",
                attribute: "scale")
        }
    }

    private func fused(_ node: ImportNode, _ steps: Steps) throws(LayerError) -> ImportNode {
        try expectSame(node, steps)
        var fused = node
        fused.op = ONNXOp.quantizeDequantize.rawValue
        fused.inputs = [steps.source.inputs[0]]
        let zeros = try node.tensors["zero_point"]?.load()
        func bound(_ value: Double) -> ImportTensor {
            guard let zeros, let tensor = Tensor(shape: zeros.shape, values: zeros.doubles.map { Float(value - $0) })
            else { return ImportTensor(Tensor([Float(value)])) }
            return ImportTensor(tensor)
        }
        fused.tensors = ["low": bound(steps.low), "high": bound(steps.high)]
        fused.tensors["scale"] = node.tensors["scale"]
        return fused
    }

    private func zero(_ node: ImportNode) -> [Double] {
        let values = (try? node.tensors["zero_point"]?.load())?.doubles ?? [0]
        return values.allSatisfy { $0 == 0 } ? [0] : values
    }
}
