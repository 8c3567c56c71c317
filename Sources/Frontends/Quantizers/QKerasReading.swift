internal import Basics
internal import LayerKit

/// One node of a class of QKeras on its way to Keras' own.
struct QKerasReading {
    private var node: ImportNode

    init(_ node: ImportNode) { self.node = node }

    /// The node as one of a class of Keras.
    mutating func plain(_ layer: QKerasLayer) -> ImportNode {
        node.op = layer.plain
        nameNumbers(layer)
        if let kernel = layer.folded { foldBatchNormalization(kernel) }
        for weights in layer.weights { apply(weights) }
        for name in ["activation", "recurrent_activation"] + (layer.isRecurrent ? ["state_quantizer"] : []) {
            nameActivation(name)
            if layer.isRecurrent { chainActivation(name) }
        }
        // Ranges have no effect any more, QKeras says.
        for name in ["kernel_range", "bias_range", "depthwise_range", "pointwise_range", "gamma_range", "beta_range"] {
            node.attributes[name] = nil
        }
        return node
    }

    /// Keras 3 stores a layer's numbers by their place among its variables.
    private mutating func nameNumbers(_ layer: QKerasLayer) {
        let stored = node.tensors
        guard stored["0"] != nil else { return }
        let names = layer.weights.map(\.tensor).filter { name in
            let condition = ["bias": "use_bias", "gamma": "scale", "beta": "center"][name]
            return condition.map { node.attributes[$0] != .bool(false) } ?? true
        }
        guard layer.folded == nil else {
            return refuse("weights", LayerError("a batch normalization inside it is not read of a file of Keras 3"))
        }
        guard stored.count == names.count else {
            return refuse(
                "weights", LayerError("there are \(stored.count) variables for it, expected \(names.count)"))
        }
        node.tensors = [:]
        for (place, name) in names.enumerated() { node.tensors[name] = stored["\(place)"] }
    }

    private mutating func apply(_ weights: QKerasLayer.Weights) {
        let stated = node.attributes.removeValue(forKey: weights.attribute)
        guard let value = stated ?? weights.standard.map({ .string($0) }), value != .null else { return }
        do throws(LayerError) {
            guard let call = try QuantizerCall(value) else { throw LayerError("\(value.summary) is no quantizer") }
            let quantizer = try Quantizer(call)
            guard let tensor = node.tensors[weights.tensor] else { return }
            let numbers = try tensor.load(), scaled = try quantizer.scaled(numbers, scales: weights.scales)
            var result = ImportTensor(try quantizer.quantized(numbers, scaled))
            result.quantizer = quantizer.record(of: numbers, scaled, keepsOriginal: weights.isNormalization)
            node.tensors[weights.tensor] = result
        } catch {
            refuse(weights.attribute, error)
        }
    }

    /// An activation that is a quantizer as an object, whatever it was, and QKeras' own functions by names of their own.
    private mutating func nameActivation(_ name: String) {
        guard let value = node.attributes[name], let text = value.stringValue else { return }
        if let function = QKerasFunction(rawValue: text) {
            node.attributes[name] = .string(QKerasFunction.prefix + function.rawValue)
            return
        }
        do throws(LayerError) {
            guard let call = try QuantizerCall(value), let kind = QuantizerClass(rawValue: call.name) else { return }
            let named = try QuantizerOptions.named(call, kind)
            node.attributes[name] = .object([
                "class_name": .string(call.name),
                "config": .object(named.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }),
            ])
        } catch {
            refuse(name, error)
        }
    }

    /// A quantizer inside a recurrent layer as the ops that it comes down to.
    private mutating func chainActivation(_ name: String) {
        guard let value = node.attributes[name], let kind = value["class_name"]?.stringValue else {
            if let text = node.attributes[name]?.stringValue, let function = text.rest(behind: QKerasFunction.prefix) {
                node.attributes[name] = QKerasFunction(rawValue: function).map { $0.step.json }
            }
            return
        }
        do throws(LayerError) {
            let call = QuantizerCall(name: kind, positional: [], named: value["config"]?.fields ?? [:])
            let steps = try Quantizer(call).steps()
            // Only what rounds has numbers of its own, and it comes last.
            for (part, tensor) in steps.last?.tensors ?? [:] { node.tensors["\(name)/\(part)"] = tensor }
            node.attributes[name] = .object([
                "class_name": .string("quantizers.chain"),
                "config": .object(["steps": .array(steps.map(\.json))]),
            ])
        } catch {
            refuse(name, error)
        }
    }

    private mutating func refuse(_ attribute: String, _ error: LayerError) {
        let error = LayerError("\(attribute): \(error.message)", attribute: attribute, help: error.help)
        node.faults.append(error.diagnostic(layer: node.origin))
    }
}

extension QKerasReading {
    /// The batch normalization of `QConv2DBatchnorm` and its like taken into kernel and bias with the statistics that
    /// were gathered, in single precision, as the layer does at inference.
    private mutating func foldBatchNormalization(_ name: String) {
        for attribute in ["axis", "momentum", "center", "scale", "ema_freeze_delay", "folding_mode"] {
            node.attributes[attribute] = nil
        }
        let epsilon = node.attributes.removeValue(forKey: "epsilon")?.numberValue.map { Float($0) } ?? 0.001
        node.attributes["use_bias"] = .bool(true)
        node.tensors["iteration"] = nil
        do throws(LayerError) {
            guard let kernel = try load(name, keeps: true), let variance = try load("moving_variance"),
                let mean = try load("moving_mean")
            else { return }
            let count = variance.count
            let gamma = try load("gamma")?.singles ?? [Float](repeating: 1, count: count)
            let beta = try load("beta")?.singles ?? [Float](repeating: 0, count: count)
            let bias = try load("bias")?.singles ?? [Float](repeating: 0, count: count)
            guard [mean.count, gamma.count, beta.count, bias.count].allSatisfy({ $0 == count }), count > 0,
                kernel.count % count == 0
            else { throw LayerError("the statistics of its batch normalization are not those of its kernel") }
            let scales = zip(gamma, variance.singles).map { 1 / ($1 + epsilon).squareRoot() * $0 }
            // Channels are the last axis, of depthwise kernels the last two.
            let fused = kernel.singles.enumerated().map { scales[$0 % count] * $1 }
            let offsets = scales.indices.map { scales[$0] * (bias[$0] - mean.singles[$0]) + beta[$0] }
            node.tensors[name] = Tensor(shape: kernel.shape, values: fused).map { ImportTensor($0) }
            node.tensors["bias"] = ImportTensor(Tensor(offsets))
        } catch {
            refuse(name, error)
        }
    }

    /// Numbers that the layer no longer has once they are folded.
    private mutating func load(_ name: String, keeps: Bool = false) throws(LayerError) -> Tensor? {
        let tensor = keeps ? node.tensors[name] : node.tensors.removeValue(forKey: name)
        return try tensor?.load()
    }

    /// `average_quantizer`, by which a pool's sum is multiplied with a quantized reciprocal of its size.
    mutating func averageScaling(_ plain: inout ImportNode, names: inout Set<String>) -> [ImportNode] {
        guard let value = plain.attributes.removeValue(forKey: "average_quantizer"), value != .null else { return [] }
        do throws(LayerError) {
            guard let call = try QuantizerCall(value) else { throw LayerError("\(value.summary) is no quantizer") }
            let quantizer = try Quantizer(call)
            guard let window = plain.attributes["pool_size"] else {
                throw LayerError("the size of a global pool is not quantized here: leave average_quantizer out")
            }
            let sizes = (window.arrayValue ?? [window, window]).compactMap(\.integerValue)
            guard let area = Count.elements(sizes), area > 0 else {
                throw LayerError("a pool of size \(window.summary) is none")
            }
            let reciprocal = try quantizer.quantized(Tensor([Float(1 / Double(area))]), scales: false)
            let factor = Tensor([Float(area) * (reciprocal.singles.first ?? 0)])
            let constant = ImportNode(
                "quantizers.constant", names.claim("\(plain.name)_factor"), tensors: ["value": ImportTensor(factor)],
                origin: plain.origin)
            return [
                constant,
                ImportNode(
                    "Multiply", names.claim("\(plain.name)_scaled"), inputs: plain.outputs + constant.outputs,
                    origin: plain.origin),
            ]
        } catch {
            refuse("average_quantizer", error)
            plain.faults = node.faults
            return []
        }
    }
}
