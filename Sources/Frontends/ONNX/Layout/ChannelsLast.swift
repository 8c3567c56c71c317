internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `y = Conv(x)`, `z = Relu(y)`, `f = Reshape(z) {shape: [N, 288]}`, `d = Gemm(f)` with x of shape
    /// (N, 3, 8, 8); after: the same, with x of shape (N, 8, 8, 3), and the rows of the Gemm's weights in the order that
    /// the elements have now.
    ///
    /// The network in the firmware's layout. Each value is given in whatever order its node gives it, samples first and,
    /// behind operators of channels, these last; the order is kept in mind, and operators that do not care pass it on:
    /// axes are renamed, trained numbers reordered. Only where one cares a Transpose is put before it. Transpositions of
    /// the file are changes of the order that is kept in mind, and so most of them vanish.
    static let channelsLast = ImportPass("channels-last") { graph throws(DiagnosticError) in
        guard graph.format == .onnx else { return graph }
        var layout = Layout(graph)
        for node in graph.nodes { layout.add(node) }
        return try layout.finished()
    }
}

/// The network as far as it is in the firmware's layout.
struct Layout {
    private(set) var graph: ImportGraph
    private(set) var constants: [String: ImportTensor] = [:]
    private var placements: [String: Placement] = [:]
    private var names: Set<String>
    /// Inputs that operators of channels read.
    private let withChannels: Set<String>
    /// Values brought into an order already.
    private var turned: [Turned: String] = [:]

    private struct Turned: Hashable {
        var value: String
        var order: [Int]
    }

    init(_ graph: ImportGraph) {
        self.graph = graph
        names = Set(graph.nodes.map(\.name)).union(graph.nodes.flatMap(\.outputs))
        withChannels = Self.inputsWithChannels(graph)
        self.graph.nodes = []
    }

    /// Inputs from which operators that are not concerned with channels lead to one that is.
    private static func inputsWithChannels(_ graph: ImportGraph) -> Set<String> {
        var reached: Set<String> = []
        for node in graph.nodes.reversed() {
            guard let op = ONNXOp(rawValue: node.op) else { continue }
            let hasChannels =
                switch op {
                case .conv, .convTranspose, .averagePool, .maxPool: true
                case .batchNormalization: (node.shapes.first?.count ?? 0) > 2
                default: !reached.isDisjoint(with: node.outputs) && op.isElementwise
                }
            if hasChannels { reached.formUnion(node.inputs) }
        }
        return reached
    }

    /// Places a node; one that is refused, or reads what is, is left as it is for the builder to tell.
    mutating func add(_ node: ImportNode) {
        guard node.faults.isEmpty, !node.shapes.isEmpty, let op = ONNXOp(rawValue: node.op) else {
            return refuse(node)
        }
        // What stands behind a refusal.
        guard node.inputs.allSatisfy({ placements[$0] != nil || constants[$0] != nil }) else { return }
        do throws(LayerError) {
            let count = graph.nodes.count
            do throws(LayerError) {
                try place(node, op)
            } catch {
                graph.nodes.removeLast(graph.nodes.count - count)
                throw error
            }
        } catch {
            var node = node
            node.faults.append(error.diagnostic(layer: node.origin))
            refuse(node)
        }
    }

    private mutating func refuse(_ node: ImportNode) {
        guard !node.faults.isEmpty else { return }
        var node = node
        node.inputs = []
        graph.nodes.append(node)
    }

    /// Outputs as the file has them, or with the channels last.
    mutating func finished() throws(DiagnosticError) -> ImportGraph {
        let given = Set(graph.nodes.flatMap(\.outputs)), isRefused = graph.nodes.contains { !$0.faults.isEmpty }
        var outputs: [String] = []
        for output in graph.outputs {
            guard let placement = placements[output] else {
                if constants[output] != nil {
                    throw graph.error(
                        "the output '\(output)' does not depend on what enters the network", help: "leave it out")
                }
                guard isRefused else { throw graph.error("nothing gives the output '\(output)'") }
                if given.contains(output) { outputs.append(output) }
                continue
            }
            let rank = placement.shape.count
            if rank > 2, placement.order == Placement.channelsLast(rank) {
                graph.channelsFirst.insert(placement.value)
                outputs.append(placement.value)
                continue
            }
            do throws(LayerError) {
                outputs.append(try ordered(output, Placement.written(rank), of: output).value)
            } catch {
                throw graph.error("the output '\(output)': \(error.message)", help: error.help)
            }
        }
        graph.outputs = outputs
        graph.inputs = graph.inputs.filter { placements[$0] != nil }
        return graph
    }

    // MARK: What rules read

    func placement(_ value: String) throws(LayerError) -> Placement {
        guard let placement = placements[value] else {
            throw LayerError("it computes with constants alone, in a way that is not supported")
        }
        return placement
    }

    func isConstant(_ value: String) -> Bool { constants[value] != nil }

    mutating func setConstant(_ value: String, _ tensor: ImportTensor) { constants[value] = tensor }

    mutating func setPlacement(_ value: String, _ placement: Placement) { placements[value] = placement }

    func hasChannels(_ input: String) -> Bool { withChannels.contains(input) }

    mutating func markChannelsFirst(_ value: String) { graph.channelsFirst.insert(value) }

    mutating func claim(_ name: String) -> String { names.claim(name) }

    // MARK: What rules give

    /// Adds a node that reads values of the firmware and gives the file's first output in an order.
    mutating func give(
        _ node: ImportNode, op: ONNXOp? = nil, inputs: [String], order: Placement.Order,
        attributes: [String: JSONValue]? = nil, tensors: [String: ImportTensor]? = nil
    ) {
        var placed = node
        placed.op = op?.rawValue ?? node.op
        placed.inputs = inputs
        placed.attributes = attributes ?? node.attributes
        placed.tensors = tensors ?? node.tensors
        let placement = Placement(value: node.outputs[0], shape: node.shapes[0], order: order)
        placed.shapes = [placement.stored]
        graph.nodes.append(placed)
        placements[node.outputs[0]] = placement
    }

    /// Adds a node that gives all the file's outputs in the file's order.
    mutating func giveWritten(_ node: ImportNode, inputs: [String]) {
        var placed = node
        placed.inputs = inputs
        graph.nodes.append(placed)
        for (output, shape) in zip(node.outputs, node.shapes) {
            placements[output] = Placement(value: output, shape: shape, order: Placement.written(shape.count))
        }
    }

    /// Adds a node beside those of the file.
    mutating func insert(
        _ op: ONNXOp, _ name: String, _ inputs: [String], _ shape: Shape, attributes: [String: JSONValue] = [:],
        tensors: [String: ImportTensor] = [:], origin: String
    ) -> String {
        let name = claim(name)
        var node = ImportNode(
            op.rawValue, name, inputs: inputs, attributes: attributes, tensors: tensors, origin: origin)
        node.shapes = [shape]
        graph.nodes.append(node)
        return name
    }

    /// A value in an order, by a transposition where it is in another.
    mutating func ordered(
        _ value: String, _ order: Placement.Order, of origin: String
    ) throws(LayerError) -> Placement {
        var placement = try self.placement(value)
        if placement.order == order { return placement }
        if case .elements(let elements) = placement.order {
            var places = elements
            for (place, element) in elements.enumerated() { places[element] = place }
            placement.value = turn(placement.value, [1] + places) { layout in
                layout.insert(
                    .gather, "\(value)_ordered", [placement.value], placement.shape,
                    attributes: ["axis": .int(1), "indices": .integers(places)], origin: origin)
            }
            placement.order = Placement.written(placement.shape.count)
            if placement.order == order { return placement }
        }
        guard let axes = placement.axes, case .axes(let wanted) = order else {
            throw LayerError("its elements cannot be brought into the order that it needs")
        }
        guard let first = wanted.first, placement.shape[first] == Batch.size else {
            throw LayerError("the samples would not be its first axis: not supported")
        }
        let stored = placement.stored, permutation = wanted.map { axes.firstIndex(of: $0) ?? 0 }
        let shape = permutation.map { stored[$0] }
        let source = placement.value
        placement.value = turn(source, permutation) { layout in
            // Axes of one element may lie anywhere: then nothing moves.
            let moved = permutation.filter { stored[$0] != 1 }
            return moved == moved.sorted()
                ? layout.insert(
                    .reshape, "\(value)_shaped", [source], shape, attributes: ["shape": .integers(shape)],
                    origin: origin)
                : layout.insert(
                    .transpose, "\(value)_transposed", [source], shape, attributes: ["perm": .integers(permutation)],
                    origin: origin)
        }
        placement.order = order
        return placement
    }

    /// The value that `make` gives, once for each order.
    private mutating func turn(_ value: String, _ order: [Int], _ make: (inout Layout) -> String) -> String {
        let key = Turned(value: value, order: order)
        if let known = turned[key] { return known }
        let made = make(&self)
        turned[key] = made
        return made
    }
}
