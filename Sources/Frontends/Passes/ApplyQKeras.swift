internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `fc = QDense(x) {kernel_quantizer: quantized_bits(4, 0, alpha=1), activation: quantized_relu(6)}`; after:
    /// `fc = Dense(x) {activation: {class_name: quantized_relu, config: {bits: 6}}}` with a kernel of such numbers.
    ///
    /// Classes of QKeras become those of Keras: trained numbers are what their quantizers make of them, which is what the
    /// network multiplies with.
    static let applyQKeras = ImportPass("apply-qkeras") { graph in
        guard graph.format == .keras else { return graph }
        return graph.replacing { node, names in
            guard let layer = QKerasLayer.classes[node.op], let output = node.outputs.first else { return nil }
            var reading = QKerasReading(node)
            var plain = reading.plain(layer)
            guard !layer.statesActivation else { return ImportGraph.Replacement(nodes: [plain], value: output) }
            let activation = plain.attributes.removeValue(forKey: "activation") ?? .null
            let scaling = reading.averageScaling(&plain, names: &names)
            var made = ImportGraph.Replacement(nodes: [plain] + scaling, value: scaling.last?.name ?? output)
            guard activation != .null else { return made }
            // What the class of Keras would not split off.
            made.nodes.append(KerasActivations.node(activation, behind: made.value, of: node, &names))
            made.value = made.nodes[made.nodes.count - 1].name
            return made
        }
    }
}

/// Functions that QKeras has under the names of Keras' own, but computes in its own way.
enum QKerasFunction: String, CaseIterable {
    case hardSigmoid = "hard_sigmoid"
    case hardTanh = "hard_tanh"
    case smoothSigmoid = "smooth_sigmoid"

    /// What stands before the name, so that it is not taken for Keras'.
    static let prefix = "qkeras."

    var step: QuantizerStep {
        switch self {
        case .hardSigmoid:
            QuantizerStep(op: "quantizers.hard_sigmoid", attributes: ["slope": .double(0.5), "shift": .double(0.5)])
        case .smoothSigmoid:
            QuantizerStep(op: "quantizers.hard_sigmoid", attributes: ["slope": .double(0.1875), "shift": .double(0.5)])
        case .hardTanh: .clip(low: -1, high: 1)
        }
    }
}
