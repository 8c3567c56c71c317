internal import Basics
internal import LayerKit
internal import Layers

/// Makes the Model out of an import graph, whatever format it came from, and gathers everything that is refused on the
/// way.
///
/// Precondition: every node follows those it reads from.
struct ModelBuilder {
    private let graph: ImportGraph
    private var nodes: [Model.Node] = []
    /// Those of all nodes.
    private var names: Set<String>
    /// Where each value is found in the Model; none for those behind a refusal.
    private var values: [String: Value] = [:]
    /// Layers of the file that were refused: of one layer one refusal says enough.
    private var refused: Set<String> = []
    private var problems: [Diagnostic] = []
    /// What was helped with already: the same list of ops need not be read twice.
    private var helps: Set<String> = []
    /// Elements of all tensors so far.
    private var elements = 0

    private struct Value {
        var tensor: TensorID
        var shape: Shape
    }

    static func build(_ graph: ImportGraph) throws(DiagnosticError) -> Model {
        try checkSize(graph)
        try checkWiring(graph)
        var builder = ModelBuilder(graph: graph)
        for node in graph.nodes where !builder.refused.contains(node.origin) { builder.add(node) }
        builder.refuseOtherInputs()
        guard builder.problems.isEmpty else { throw DiagnosticError(builder.problems.bounded) }
        return Model(
            nodes: builder.nodes, inputs: graph.inputs.compactMap { builder.values[$0]?.tensor.node },
            outputs: graph.outputs.compactMap { builder.values[$0]?.tensor },
            channelsFirst: Set(graph.channelsFirst.compactMap { builder.values[$0]?.tensor }))
    }

    private init(graph: ImportGraph) {
        self.graph = graph
        names = Set(graph.nodes.map(\.name))
    }

    /// Passes look at every layer from every other.
    private static func checkSize(_ graph: ImportGraph) throws(DiagnosticError) {
        let limit = InputLimit.network
        // An activation may be a node of its own beside each layer of the file.
        guard graph.nodes.count > 2 * limit.elements else { return }
        throw graph.error("\(graph.nodes.count) layers are more than the \(limit.elements) that a network may have")
    }

    /// Every value has one node that gives it: what a reader or a pass got wrong must not drop a layer in silence.
    private static func checkWiring(_ graph: ImportGraph) throws(DiagnosticError) {
        var given: Set<String> = []
        for node in graph.nodes {
            for input in node.inputs where !given.contains(input) {
                throw graph.error("'\(node.origin)' reads '\(input)', which nothing before it gives")
            }
            for output in node.outputs where !given.insert(output).inserted {
                throw graph.error("'\(output)' is given twice")
            }
        }
        for end in graph.inputs + graph.outputs where !given.contains(end) {
            throw graph.error("nothing gives '\(end)', an input or output of the model")
        }
    }

    private mutating func add(_ node: ImportNode) {
        do throws(LayerError) {
            let key = ImportKey(graph.format, node.op)
            let rule = Catalog.rule(key), expansions = ImportExpansion.of(key)
            // An operator that passes make others of is none that a room reads: what they found says more.
            guard rule != nil || !expansions.isEmpty || (graph.format == .onnx && !node.faults.isEmpty) else {
                throw graph.format.refusal(of: node.op)
            }
            guard node.faults.isEmpty else {
                for fault in node.faults { report(fault, of: node.origin) }
                return
            }
            let found = node.inputs.map { values[$0] }
            if let parts = try expanded(node, found, expansions) {
                for part in parts where !refused.contains(part.origin) { add(part) }
                return
            }
            guard let rule else {
                // What comes in is not known behind a refusal; where it is, no expansion took the node.
                guard found.contains(where: { $0 == nil }) else { throw graph.format.refusal(of: node.op) }
                return
            }
            try expectInputs(node, rule)
            let site = ImportSite(
                key, layer: node.origin, attributes: node.attributes, tensors: node.tensors,
                inputs: found.map { $0.map { Array($0.shape.dropFirst(node.distributed)) } })
            let read = try rule.read(site)
            let layer = node.distributed == 0 ? read : TimeDistributed(read, axes: node.distributed)
            let inputs = found.compactMap(\.self)
            // Behind a refusal nothing is known of what comes in.
            guard inputs.count == found.count else { return }
            try add(node, layer, inputs)
        } catch {
            report(error.diagnostic(layer: node.origin), of: node.origin)
        }
    }

    /// What a node becomes by the shapes that come in, its parts under names of their own; nil where it stays.
    private mutating func expanded(
        _ node: ImportNode, _ inputs: [Value?], _ expansions: [ImportExpansion]
    ) throws(LayerError) -> [ImportNode]? {
        let shapes = inputs.compactMap { $0.map { Array($0.shape.dropFirst(node.distributed)) } }
        guard shapes.count == inputs.count else { return nil }
        for expansion in expansions {
            guard var parts = try expansion.apply(node, shapes) else { continue }
            var renamed: [String: String] = [:]
            for index in parts.indices {
                parts[index].inputs = parts[index].inputs.map { renamed[$0] ?? $0 }
                guard parts[index].name != node.name else { continue }
                let name = names.claim(parts[index].name)
                if parts[index].outputs == [parts[index].name] {
                    renamed[parts[index].name] = name
                    parts[index].outputs = [name]
                }
                parts[index].name = name
            }
            return parts
        }
        return nil
    }

    private mutating func add(_ node: ImportNode, _ layer: any ModelLayer, _ inputs: [Value]) throws(LayerError) {
        let shapes = try layer.outputShapes(of: inputs.map(\.shape))
        guard node.outputs.count <= shapes.count else {
            throw LayerError("it gives \(shapes.count) tensors, but \(node.outputs.count) are read of it")
        }
        for shape in shapes { try count(shape) }
        for (index, (output, shape)) in zip(node.outputs, shapes).enumerated() {
            values[output] = Value(tensor: TensorID(node.name, index), shape: shape)
        }
        var made = Model.Node(name: node.name, inputs: inputs.map(\.tensor), outputs: shapes, layer: Layer(layer))
        for (name, tensor) in node.tensors {
            guard let role = TrainedRole(tensor: name), let quantizer = tensor.quantizer else { continue }
            made.quantizers[role] = quantizer
        }
        nodes.append(made)
    }

    /// A few bytes of a file can ask for a tensor of any size; memory is taken for each of its elements.
    private mutating func count(_ shape: Shape) throws(LayerError) {
        let one = InputLimit.tensor.elements, all = InputLimit.tensors.elements
        guard let count = Count.elements(shape), count <= one else {
            throw LayerError("a tensor of shape \(shape) has more elements than the \(one) that are possible")
        }
        elements += count
        guard elements <= all else {
            throw LayerError("with it, the tensors between the layers have more than the \(all) elements possible")
        }
    }

    private mutating func report(_ problem: Diagnostic, of layer: String) {
        var problem = problem
        if let help = problem.help, !helps.insert(help).inserted { problem.help = nil }
        problems.append(problem)
        refused.insert(layer)
    }

    /// Refuses what enters from outside and is no input of the network: nobody would give it.
    private mutating func refuseOtherInputs() {
        let entering = Set(graph.inputs.compactMap { values[$0]?.tensor.node })
        for node in nodes where node.layer.definition.presence == .input && !entering.contains(node.name) {
            report(
                LayerError("it enters the network, but is not among the inputs that the file states")
                    .diagnostic(layer: node.name), of: node.name)
        }
    }

    private func expectInputs(_ node: ImportNode, _ rule: ImportRule) throws(LayerError) {
        guard !rule.inputs.contains(node.inputs.count) else { return }
        let expected =
            rule.inputs.count == 1
            ? "\(rule.inputs.lowerBound)" : "\(rule.inputs.lowerBound) to \(rule.inputs.upperBound)"
        throw LayerError("a \(node.op) reads from \(expected) layers, this one from \(node.inputs.count)")
    }
}
