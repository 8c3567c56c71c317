internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `fc = Dense(x) {units: 3, trainable: true, kernel_initializer: ...}`; after: `fc = Dense(x) {units: 3}`.
    ///
    /// What every layer of Keras may state and what only training looks at says nothing about inference. What an
    /// `InputLayer` states of its shape stays.
    static let dropKerasTraining = ImportPass("drop-keras-training") { graph in
        guard graph.format == .keras else { return graph }
        var result = graph
        for index in result.nodes.indices {
            let node = result.nodes[index]
            result.nodes[index].attributes = KerasTraining.dropped(
                from: node.attributes, keepingShape: node.op == KerasArchitecture.inputClass)
        }
        return result
    }
}

enum KerasTraining {
    /// Attributes that every layer may have and that change nothing at inference.
    private static let common: Set<String> = ["name", "trainable", "dtype", "input_dtype", "activity_regularizer"]

    private static let suffixes = ["_initializer", "_regularizer", "_constraint"]

    static func dropped(from attributes: [String: JSONValue], keepingShape: Bool = false) -> [String: JSONValue] {
        attributes.filter { name, _ in
            if name == "batch_input_shape" { return keepingShape }
            return !common.contains(name) && !suffixes.contains(where: name.hasSuffix)
        }
    }
}
