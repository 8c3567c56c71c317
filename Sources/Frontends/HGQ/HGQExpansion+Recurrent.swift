internal import Basics
internal import LayerKit

/// Recurrent layers: what they compute with lies in a cell, whose quantizers apply in every step.
extension HGQExpansion {
    mutating func recurrent(_ op: String) throws(LayerError) -> String {
        guard !flag("enable_oq") else {
            throw LayerError(
                "enable_oq is true: HGQ does not compute such a layer", attribute: "enable_oq",
                help: "build it with enable_oq=False, and put a Quantizer behind it")
        }
        guard let sequence = node.inputs.first else { throw LayerError("it reads from no layer") }
        let isGRU = op == "GRU", biased = flag("use_bias", default: true)
        let own = try own(
            trained: ["kernel", "recurrent_kernel"] + (biased ? ["bias"] : []), fixed: [], at: "cell")
        var attributes = attributes(), tensors: [String: ImportTensor] = [:]
        for (name, quantizer) in [("kernel", "kq"), ("recurrent_kernel", "rkq"), ("bias", "bq")] {
            guard let numbers = own[name] else { continue }
            let config = node.attributes[quantizer + "_conf"]
            tensors[name] = ImportTensor(try quantized(numbers, by: config, at: "cell/" + quantizer))
        }
        func place(_ quantizer: HGQQuantizer?, as name: String, behind function: JSONValue? = nil) {
            guard let quantizer else { return }
            for (part, tensor) in quantizer.step.tensors { tensors["\(name)/\(part)"] = tensor }
            attributes[name] = Self.chain(function, quantizer.steps)
        }
        place(try inner("sq"), as: "state_quantizer")
        if isGRU {
            let activation = node.attributes["activation"] ?? .null
            let gate = node.attributes["recurrent_activation"] ?? .null
            place(try inner("rhq"), as: "reset_quantizer")
            place(try inner("paq"), as: "activation", behind: activation)
            // One quantizer for the update gate and the reset gate, whose widths lie one behind the other.
            let both = try inner("praq")
            place(both?.half(0), as: "recurrent_activation", behind: gate)
            place(both?.half(1), as: "reset_activation", behind: gate)
        } else {
            place(try inner("paq"), as: "sum_quantizer")
        }
        var inputs = node.inputs
        if flag("enable_iq", default: true) {
            inputs[0] = try quantized(sequence, by: node.attributes["iq_conf"], at: "cell/iq", suffix: "iq")
        }
        var new = node
        new.op = op
        new.inputs = inputs
        new.attributes = attributes
        new.tensors = tensors
        made.append(new)
        return node.name
    }

    /// A quantizer of the cell; nil where the layer has none.
    private func inner(_ name: String) throws(LayerError) -> HGQQuantizer? {
        guard let config = node.attributes[name + "_conf"], config != .null else { return nil }
        return try quantizer(config, "cell/" + name)
    }

    /// A function, and the quantizer of what it gives.
    private static func chain(_ function: JSONValue?, _ steps: [QuantizerStep]) -> JSONValue {
        var all = steps.map(\.json)
        if let function, function["class_name"]?.stringValue.map({ $0 != "function" }) == true {
            all.insert(function, at: 0)
        } else if let function {
            let name = function.stringValue ?? function["config"]?.stringValue ?? "linear"
            all.insert(
                .object(["class_name": .string(KerasActivations.prefix + name), "config": .object([])]), at: 0)
        }
        return .object(["class_name": .string("quantizers.chain"), "config": .object(["steps": .array(all)])])
    }
}

extension HGQQuantizer {
    /// Of a tensor of two halves along its last axis those of one; one width for all is that of both.
    fileprivate func half(_ index: Int) -> HGQQuantizer {
        func half(_ tensor: Tensor) -> Tensor {
            let size = tensor.shape.last ?? 1
            guard size > 1, size % 2 == 0 else { return tensor }
            let values = tensor.singles.enumerated().filter { $0.offset % size / (size / 2) == index }.map(\.element)
            return Tensor(shape: tensor.shape.dropLast() + [size / 2], values: values) ?? tensor
        }
        var result = self
        result.signs = half(signs)
        result.integers = half(integers)
        result.fractions = half(fractions)
        return result
    }
}
