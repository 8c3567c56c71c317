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
        return fusing.graph
    }
}

private struct FusingQuantizers {
    private(set) var graph: ImportGraph
    /// Whole numbers by the value that holds them: what was quantised, how, and between which bounds.
    private var steps: [String: Steps] = [:]

    private struct Steps {
        var source: ImportNode
        var low: Double
        var high: Double
    }

    init(_ graph: ImportGraph) { self.graph = graph }

    mutating func fuse(_ index: Int) {
        let node = graph.nodes[index]
        guard node.faults.isEmpty, !node.shapes.isEmpty, let op = ONNXOp(rawValue: node.op) else { return }
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
            case .dequantizeLinear:
                guard let steps = steps[node.inputs[0]] else {
                    throw LayerError(
                        "DequantizeLinear of what no QuantizeLinear gives is not supported",
                        help: "numbers that enter the network are real ones")
                }
                graph.nodes[index] = try fused(node, steps)
            default:
                guard let read = node.inputs.first(where: { steps[$0] != nil }), let steps = steps[read] else { return }
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

    private func fused(_ node: ImportNode, _ steps: Steps) throws(LayerError) -> ImportNode {
        guard node.tensors["scale"] == steps.source.tensors["scale"],
            zero(node) == zero(steps.source)
        else {
            throw LayerError(
                "it has another scale or zero point than '\(steps.source.origin)', whose numbers it reads",
                attribute: "scale")
        }
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
