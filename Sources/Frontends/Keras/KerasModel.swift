internal import Basics
internal import LayerKit
internal import Layers

/// Makes the Model out of architecture and weights, and gathers everything that is refused on the way.
struct KerasModel {
    private let weights: KerasWeights
    private var nodes: [Model.Node] = []
    /// Where the output of a Keras layer is found: the layer itself, or its inline activation.
    private var output: [String: String] = [:]
    /// Shapes of the nodes; none for those behind a refusal.
    private var shapes: [String: Shape] = [:]
    private var names: Set<String>
    private var problems: [Diagnostic] = []
    /// What was helped with already: the same list of classes need not be read twice.
    private var helps: Set<String> = []

    static func build(_ architecture: KerasArchitecture, _ weights: KerasWeights) throws(DiagnosticError) -> Model {
        var builder = KerasModel(weights: weights, names: Set(architecture.layers.map(\.name)))
        for layer in architecture.layers { builder.add(layer) }
        guard builder.problems.isEmpty else { throw DiagnosticError(builder.problems) }
        return Model(
            nodes: builder.nodes, inputs: architecture.inputs,
            outputs: architecture.outputs.map { builder.output[$0] ?? $0 })
    }

    private init(weights: KerasWeights, names: Set<String>) {
        self.weights = weights
        self.names = names
    }

    private mutating func add(_ layer: KerasArchitecture.Layer) {
        output[layer.name] = layer.name
        let sources = layer.sources.map { output[$0] ?? $0 }
        do throws(LayerError) {
            guard let kind = KerasClass(rawValue: layer.className) else { throw KerasClass.refusal(layer.className) }
            try expectSinglePrecision(layer.attributes["dtype"])
            try expectInputs(layer, kind)
            guard let site = site(layer, sources) else { return }
            add(try kind.layer(site), as: layer.name, reading: sources)
            guard kind.hasInlineActivation else { return }
            let activation = try KerasActivation.read(site)
            let name = unusedName("\(layer.name)_\(activation.word)")
            output[layer.name] = name
            add(activation.layer, as: name, reading: [layer.name])
        } catch {
            report(error, layer.name)
        }
    }

    /// Adds a node, with its shape where those of its inputs are known.
    private mutating func add(_ layer: Layer, as name: String, reading sources: [String]) {
        let inputs = sources.compactMap { shapes[$0] }
        guard inputs.count == sources.count else { return }
        do throws(LayerError) {
            let shape = try layer.definition.outputShape(of: inputs)
            shapes[name] = shape
            nodes.append(Model.Node(name: name, inputs: sources, shape: shape, layer: layer))
        } catch {
            report(error, name)
        }
    }

    /// What the layer's room gets to see; nil where its weights cannot be read.
    private mutating func site(_ layer: KerasArchitecture.Layer, _ sources: [String]) -> KerasSite? {
        do throws(DiagnosticError) {
            return KerasSite(
                layer: layer.name, className: layer.className, attributes: layer.attributes,
                weights: try weights.tensors(of: layer.name), input: sources.first.flatMap { shapes[$0] })
        } catch {
            problems += error.diagnostics
            return nil
        }
    }

    private mutating func report(_ error: LayerError, _ layer: String) {
        var error = error
        if let help = error.help, !helps.insert(help).inserted { error.help = nil }
        problems.append(error.diagnostic(layer: layer))
    }

    private func expectInputs(_ layer: KerasArchitecture.Layer, _ kind: KerasClass) throws(LayerError) {
        let expected = kind == .inputLayer ? 0 : 1
        guard layer.sources.count != expected else { return }
        throw LayerError("a \(layer.className) reads from \(expected) layers, this one from \(layer.sources.count)")
    }

    /// Weights and sums of another precision would be rounded differently from what is read here.
    private func expectSinglePrecision(_ dtype: JSONValue?) throws(LayerError) {
        guard let dtype, dtype != .null else { return }
        let name = dtype.stringValue ?? dtype["config"]?["name"]?.stringValue
        guard name != "float32" else { return }
        throw LayerError(
            "its numbers are of type \(name.map { "'\($0)'" } ?? dtype.summary): not supported", attribute: "dtype",
            help: "only float32 is: build the model with float32 inputs and without a mixed-precision policy")
    }

    private mutating func unusedName(_ wanted: String) -> String {
        var name = wanted
        var number = 2
        while !names.insert(name).inserted {
            name = "\(wanted)_\(number)"
            number += 1
        }
        return name
    }
}
