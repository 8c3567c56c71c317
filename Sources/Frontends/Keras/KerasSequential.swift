internal import Basics
internal import LayerKit

/// A Sequential model: a chain.
enum KerasSequential {
    static func read(_ config: JSONValue, _ file: KerasFile, depth: Int) throws(DiagnosticError) -> KerasNetwork {
        // Before 2.2.3 the list stood alone.
        guard let items = config["layers"]?.arrayValue ?? config.arrayValue else {
            throw file.error("a Sequential model without 'layers'")
        }
        try file.expectNetwork(items)
        var layers: [KerasLayer] = []
        for (index, item) in items.enumerated() { layers.append(try file.layer(item, at: index, depth: depth)) }
        guard let first = layers.first else { throw file.error("a Sequential model without any layer") }
        if first.className != KerasArchitecture.inputClass {
            layers.insert(input(of: first, config), at: 0)
        }
        layers[0].calls = [KerasCall()]
        for index in layers.indices.dropFirst() {
            guard layers[index].className != KerasArchitecture.inputClass else {
                throw file.error("the InputLayer '\(layers[index].name)' is not the first layer of a Sequential model")
            }
            layers[index].calls = [KerasCall(inputs: [end(layers[index - 1])])]
        }
        let duplicates = file.duplicates(in: layers)
        guard duplicates.isEmpty else { throw DiagnosticError(duplicates) }
        return KerasNetwork(
            layers: layers, inputs: [end(layers[0])], outputs: [end(layers[layers.count - 1])])
    }

    private static func end(_ layer: KerasLayer) -> KerasReference {
        KerasReference(layer: layer.name, call: 0, output: 0)
    }

    /// The input that a model without an InputLayer has: named after the first layer, shaped as that or the model says.
    private static func input(of first: KerasLayer, _ config: JSONValue) -> KerasLayer {
        var attributes: [String: JSONValue] = [:]
        attributes["batch_input_shape"] = shape(first) ?? config["build_input_shape"]
        attributes["dtype"] = first.attributes["dtype"]
        return KerasLayer(
            className: KerasArchitecture.inputClass, name: first.name + "_input", attributes: attributes)
    }

    /// What enters a layer, where it or the first layer inside it says so.
    private static func shape(_ layer: KerasLayer) -> JSONValue? {
        layer.attributes["batch_input_shape"] ?? layer.network?.layers.first.flatMap(shape)
    }
}
