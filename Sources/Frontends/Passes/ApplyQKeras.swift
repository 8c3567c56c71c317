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
        var result = graph
        result.nodes = []
        var names = Set(graph.nodes.map(\.name))
        var renamed: [String: String] = [:]
        for var node in graph.nodes {
            node.inputs = node.inputs.map { renamed[$0] ?? $0 }
            guard let layer = QKerasLayer.classes[node.op] else {
                result.nodes.append(node)
                continue
            }
            var reading = QKerasReading(node)
            var plain = reading.plain(layer)
            guard !layer.statesActivation, let output = node.outputs.first else {
                result.nodes.append(plain)
                continue
            }
            let activation = plain.attributes.removeValue(forKey: "activation") ?? .null
            let scaling = reading.averageScaling(&plain, names: &names)
            result.nodes += [plain] + scaling
            if let last = scaling.last { renamed[output] = last.name }
            guard activation != .null else { continue }
            // What the class of Keras would not split off.
            let name = names.claim("\(node.name)_\(KerasActivations.word(activation))")
            result.nodes.append(
                ImportNode(
                    KerasActivations.className, name, inputs: [renamed[output] ?? output],
                    attributes: ["activation": activation], origin: node.origin))
            renamed[output] = name
        }
        result.outputs = graph.outputs.map { renamed[$0] ?? $0 }
        return result
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
