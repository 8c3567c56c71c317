internal import Basics
internal import LayerKit

/// A Sequential model: a chain.
enum KerasSequential {
    static func read(_ config: JSONValue, _ file: KerasFile) throws(DiagnosticError) -> ImportGraph {
        // Before 2.2.3 the list stood alone.
        guard let items = config["layers"]?.arrayValue ?? config.arrayValue else {
            throw file.error("a Sequential model without 'layers'")
        }
        try file.expectNetwork(items)
        var layers: [ImportNode] = []
        for (index, item) in items.enumerated() { layers.append(try file.layer(item, at: index)) }
        guard let first = layers.first else { throw file.error("a Sequential model without any layer") }
        if first.op != KerasArchitecture.inputClass {
            layers.insert(input(of: first, config), at: 0)
        }
        for index in layers.indices.dropFirst() {
            guard layers[index].op != KerasArchitecture.inputClass else {
                throw file.error("the InputLayer '\(layers[index].name)' is not the first layer of a Sequential model")
            }
            layers[index].inputs = layers[index - 1].outputs
        }
        let duplicates = file.duplicates(in: layers)
        guard duplicates.isEmpty else { throw DiagnosticError(duplicates) }
        return ImportGraph(
            format: .keras, file: file.name, nodes: layers, inputs: layers[0].outputs,
            outputs: layers[layers.count - 1].outputs)
    }

    /// The input that a model without an InputLayer has: named after the first layer, shaped as that or the model says.
    private static func input(of first: ImportNode, _ config: JSONValue) -> ImportNode {
        var attributes: [String: JSONValue] = [:]
        attributes["batch_input_shape"] = first.attributes["batch_input_shape"] ?? config["build_input_shape"]
        attributes["dtype"] = first.attributes["dtype"]
        return ImportNode(KerasArchitecture.inputClass, first.name + "_input", attributes: attributes)
    }
}
