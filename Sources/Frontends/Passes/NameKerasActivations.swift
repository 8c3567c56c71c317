internal import Basics
internal import LayerKit
internal import Layers

extension ImportPass {
    /// before: `a = Activation(x) {activation: relu}`; after: `a = activations.relu(x)`. An activation that is a layer
    /// class with attributes of its own becomes that class.
    ///
    /// A node whose activation makes no sense, or that states more than one, stays what it is and is refused for it.
    static let nameKerasActivations = ImportPass("name-keras-activations") { graph in
        guard graph.format == .keras else { return graph }
        var result = graph
        result.nodes = graph.nodes.map { node in
            var node = node
            while node.op == KerasActivations.className, let next = KerasActivations.named(node) { node = next }
            return node
        }
        return result
    }
}

/// How Keras spells activations: its `Activation` class and the `activation` of others.
///
/// An activation is a name, null (linear), or an object: a function by its name, or an activation layer with its
/// parameters.
enum KerasActivations {
    static let className = "Activation"

    /// What stands before the name of a function as an op.
    static let prefix = "activations."

    /// Classes that take an `activation`.
    static let inline = classes(.states)

    /// Classes an object of which may stand where an activation is asked for: those without weights, which it would
    /// have nowhere to keep by name.
    static let classes = classes(.serves)

    private static func classes(_ part: ActivationPart) -> Set<String> {
        let rules = Catalog.rules.filter { $0.key.format == .keras && $0.activation == part }.map(\.key.op)
        let expansions = ImportExpansion.all.filter { $0.format == .keras && $0.activation == part }
        return Set(rules).union(expansions.flatMap(\.ops))
    }

    /// An activation that a layer states for itself as a node behind a value, named after both.
    static func node(
        _ activation: JSONValue, behind value: String, of layer: ImportNode, _ names: inout Set<String>
    ) -> ImportNode {
        ImportNode(
            className, names.claim("\(layer.name)_\(word(activation))"), inputs: [value],
            attributes: ["activation": activation], origin: layer.origin)
    }

    /// The word by which an activation is called in the name of its node.
    static func word(_ activation: JSONValue) -> String {
        if activation == .null { return "linear" }
        return function(activation) ?? activation["class_name"]?.stringValue ?? "activation"
    }

    /// The name of a function; nil where the activation is none.
    private static func function(_ activation: JSONValue) -> String? {
        if let name = activation.stringValue { return name }
        return activation["class_name"]?.stringValue == "function" ? activation["config"]?.stringValue : nil
    }

    /// An `Activation` node as what it names; nil where it names nothing.
    static func named(_ node: ImportNode) -> ImportNode? {
        let others = node.attributes.filter { $0.key != "activation" && $0.value != .null }
        let activation = node.attributes["activation"] ?? .null
        guard others.isEmpty else { return nil }
        var result = node
        result.attributes = [:]
        if activation == .null {
            result.op = prefix + "linear"
        } else if let name = function(activation) {
            result.op = prefix + name
        } else if let name = activation["class_name"]?.stringValue {
            result.op = classes.contains(name) ? name : prefix + name
            result.attributes = KerasTraining.dropped(from: activation["config"]?.fields ?? [:])
        } else {
            return nil
        }
        return result
    }
}
