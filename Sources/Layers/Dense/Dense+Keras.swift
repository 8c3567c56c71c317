internal import Basics
internal import LayerKit

extension Dense {
    /// Class `Dense`. Its activation is a node of its own by now.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> Dense {
        try site.expectAttributes("units", "use_bias", "lora_rank", "quantization_config")
        for name in ["lora_rank", "quantization_config"] where site.attributes[name] ?? .null != .null {
            throw LayerError(
                "\(name) is not supported", attribute: name, help: "save the model before it is quantized or adapted")
        }
        let biased = try site.flag("use_bias", default: true)
        let tensors = try site.expectWeights(biased ? ["kernel", "bias"] : ["kernel"])
        return try checked(site, Dense(kernel: tensors[0], bias: biased ? tensors[1] : nil))
    }

    /// Classes `BinaryDense` and `TernaryDense` of networks trained with two or three weights: those are told by the
    /// trained numbers, between -1 and 1, and are what the layer computes with.
    static func fromKeras(_ site: ImportSite, binary: Bool) throws(LayerError) -> Dense {
        try site.expectAttributes(
            "units", "use_bias", "H", withoutEffect: ["kernel_lr_multiplier", "bias_lr_multiplier"])
        let scale = try site.number("H") ?? 1
        guard scale == 1 else {
            throw LayerError("H is \(scale): not supported", attribute: "H", help: "train with H=1")
        }
        let biased = try site.flag("use_bias", default: true)
        let tensors = try site.expectWeights(biased ? ["kernel", "bias"] : ["kernel"])
        let values = tensors[0].singles.map { weight -> Float in
            binary ? (weight > 0 ? 1 : -1) : weight > 0.5 ? 1 : weight <= -0.5 ? -1 : 0
        }
        guard let kernel = Tensor(shape: tensors[0].shape, values: values) else {
            throw LayerError("the kernel has no shape", attribute: "kernel")
        }
        return try checked(site, Dense(kernel: kernel, bias: biased ? tensors[1] : nil))
    }

    private static func checked(_ site: ImportSite, _ dense: Dense) throws(LayerError) -> Dense {
        if let units = try site.integers("units"), units != [dense.kernel.shape.last ?? 0] {
            throw LayerError(
                "\(units.map(String.init).joined(separator: ", ")) units, but the kernel has shape "
                    + "\(dense.kernel.shape)", attribute: "units", help: "do the weights belong to this model?")
        }
        return dense
    }
}
