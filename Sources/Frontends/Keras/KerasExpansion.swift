internal import Basics
internal import LayerKit

/// Makes one graph out of a model with the models inside it: every call of a layer becomes a node with the numbers of
/// the layer, models are set in place, and wrappers are taken off.
struct KerasExpansion {
    private let file: String
    private var nodes: [ImportNode] = []
    private var names: Set<String> = []
    /// What stands for a value that no node gives: an input of a model within, or its output.
    private var aliases: [String: String] = [:]
    private var problems: [Diagnostic] = []
    /// The layers that the file has numbers of.
    private var stored: [KerasStoredLayer] = []

    static func graph(
        of network: KerasNetwork, _ weights: any KerasWeights, file: String
    ) throws(DiagnosticError) -> ImportGraph {
        var expansion = KerasExpansion(file: file)
        expansion.stored = KerasStoredLayer.all(of: network, weights)
        let scope = Scope(prefix: "", weights: weights, distributed: 0, origin: nil)
        let values = expansion.place(network, scope)
        guard expansion.problems.isEmpty else { throw DiagnosticError(expansion.problems.bounded) }
        expansion.resolveAliases()
        return ImportGraph(
            format: .keras, file: file, nodes: expansion.nodes, inputs: values.inputs,
            outputs: values.outputs.map(expansion.resolved))
    }

    private init(file: String) { self.file = file }

    /// Where layers are placed.
    struct Scope {
        /// In front of the names of layers.
        var prefix: String
        var weights: any KerasWeights
        /// Along how many leading axes layers are applied, each slice by itself.
        var distributed: Int
        /// The layer of the file that messages name; nil: each its own.
        var origin: String?
    }

    /// The values that enter a model and leave it.
    struct Ends {
        var inputs: [String]
        var outputs: [String]
    }

    /// Places all layers of a model.
    private mutating func place(_ network: KerasNetwork, _ scope: Scope) -> Ends {
        let calls = network.layers.map { layer in layer.calls.map { _ in names.claim(scope.prefix + layer.name) } }
        let places = Dictionary(
            network.layers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        func value(_ reference: KerasReference) -> String {
            let place = places[reference.layer] ?? 0
            return Self.value(calls[place][min(reference.call, calls[place].count - 1)], reference.output)
        }
        var outputs: [KerasReference: Int] = [:]
        for reference in network.outputs + network.layers.flatMap({ $0.calls.flatMap(\.inputs) }) {
            let call = KerasReference(layer: reference.layer, call: reference.call, output: 0)
            outputs[call] = max(outputs[call] ?? 1, reference.output + 1)
        }
        let weights = scope.weights.layers(of: network)
        for (index, layer) in network.layers.enumerated() {
            for (number, call) in layer.calls.enumerated() {
                let site = CallSite(
                    name: calls[index][number], inputs: call.inputs.map(value), settings: call.settings,
                    outputs: outputs[KerasReference(layer: layer.name, call: number, output: 0)] ?? 1)
                var inner = scope
                inner.weights = KerasStoredLayer.weights(of: layer, weights[index], among: stored)
                place(layer, site, inner)
            }
        }
        return Ends(inputs: network.inputs.map(value), outputs: network.outputs.map(value))
    }

    /// One call of a layer.
    struct CallSite {
        /// Of the node that the call becomes.
        var name: String
        var inputs: [String]
        var settings: [String: JSONValue]
        /// How many outputs are read.
        var outputs: Int
    }

    /// How an output is called: as its node is, and one beyond the first with its number behind.
    static func value(_ name: String, _ output: Int) -> String { output == 0 ? name : "\(name).\(output)" }

    private mutating func place(_ layer: KerasLayer, _ call: CallSite, _ scope: Scope) {
        if let network = layer.network {
            placeInside(network, layer, call, scope)
            return
        }
        if let wrapper = KerasWrapper(rawValue: layer.className), let inner = layer.wrapped["layer"] {
            var within = scope
            within.origin = scope.origin ?? layer.name
            switch wrapper {
            case .timeDistributed:
                within.weights = scope.weights.part("layer")
                within.distributed += 1
                place(inner, call, within)
            case .bidirectional: placeBidirectional(layer, inner, call, within)
            }
            return
        }
        add(layer, call, scope)
    }

    /// A model that is called as a layer.
    private mutating func placeInside(
        _ network: KerasNetwork, _ layer: KerasLayer, _ call: CallSite, _ scope: Scope
    ) {
        var within = scope
        within.prefix = call.name + "_"
        let ends = place(network, within)
        guard ends.inputs.count == call.inputs.count, call.outputs <= ends.outputs.count else {
            let error = LayerError(
                "a model with \(ends.inputs.count) inputs and \(ends.outputs.count) outputs is called with "
                    + "\(call.inputs.count), and \(call.outputs) are read of it")
            problems.append(error.diagnostic(layer: layer.name))
            return
        }
        let inside = Set(ends.inputs)
        nodes.removeAll { $0.op == KerasArchitecture.inputClass && inside.contains($0.name) }
        for (input, given) in zip(ends.inputs, call.inputs) { aliases[input] = given }
        rename(ends.outputs, as: call)
    }

    /// A node for a layer that is none of other layers.
    mutating func add(_ layer: KerasLayer, _ call: CallSite, _ scope: Scope) {
        var node = ImportNode(
            (layer.package?.prefix ?? "") + layer.className, call.name, inputs: call.inputs,
            outputs: (0..<call.outputs).map { Self.value(call.name, $0) },
            attributes: layer.attributes.merging(call.settings) { own, _ in own },
            origin: scope.origin ?? scope.prefix + layer.name)
        node.faults = layer.faults
        node.distributed = scope.distributed
        if node.faults.isEmpty {
            do throws(DiagnosticError) {
                node.tensors = try layer.package == nil ? scope.weights.named() : scope.weights.byPath()
            } catch {
                node.faults = error.diagnostics
            }
        }
        nodes.append(node)
    }

    /// Makes values the outputs of a call, in order.
    mutating func rename(_ values: [String], as call: CallSite) {
        for (place, value) in values.enumerated() where Self.value(call.name, place) != value {
            aliases[Self.value(call.name, place)] = value
        }
    }

    mutating func claim(_ name: String) -> String { names.claim(name) }

    /// What gives a value in the end. A circle is left as it is, for the order of the nodes to find.
    private func resolved(_ value: String) -> String {
        var at = value
        var steps = 0
        while let next = aliases[at], steps <= aliases.count {
            at = next
            steps += 1
        }
        return at
    }

    private mutating func resolveAliases() {
        for index in nodes.indices { nodes[index].inputs = nodes[index].inputs.map(resolved) }
    }
}
