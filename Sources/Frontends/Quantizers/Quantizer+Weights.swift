internal import Basics
internal import LayerKit
internal import Layers

extension Quantizer {
    /// The trained numbers as the layer multiplies with them.
    ///
    /// - Parameter scales: whether a scale that is not stated is computed as by `auto_po2`, as QKeras does for kernels
    ///   but not for biases.
    func quantized(_ numbers: Tensor, scales: Bool) throws(LayerError) -> Tensor {
        try quantized(numbers, try scaled(numbers, scales: scales))
    }

    /// The same of numbers whose scale is computed already: `scaled`, nil where there is none.
    func quantized(_ numbers: Tensor, _ scaled: AutomaticScale.Scaled?) throws(LayerError) -> Tensor {
        guard let scaled else { return try steps().applied(to: numbers) }
        return Tensor(shape: numbers.shape, values: scaled.values) ?? numbers
    }

    /// The numbers and the scale that is computed of them; nil where none is.
    func scaled(_ numbers: Tensor, scales: Bool) throws(LayerError) -> AutomaticScale.Scaled? {
        let x = numbers.singles
        switch self {
        case .bits(let quantizer):
            let powerOfTwo: Bool
            switch quantizer.scale {
            case .automatic(let isPower): powerOfTwo = isPower
            case .unstated where scales: powerOfTwo = true
            case .unstated, .stated: return nil
            }
            guard quantizer.bits > 1 else {
                throw LayerError("quantized_bits of one bit has no value besides 0 with an automatic scale (alpha)")
            }
            return AutomaticScale(powerOfTwo: powerOfTwo, shape: numbers.shape, axis: quantizer.scaleAxis)
                .bits(x, bits: quantizer.bits, integer: quantizer.integer)
        case .binary(let zeroOne, let scale):
            return automatic(scale, scales, numbers.shape)?.binary(x, zeroOne: zeroOne)
        case .ternary(let threshold, let scale, let unrolls):
            guard let automatic = automatic(scale, scales, numbers.shape) else { return nil }
            guard threshold == nil else {
                throw LayerError("ternary has both a threshold and an automatic scale (alpha)")
            }
            return automatic.ternary(x, unrolls: unrolls)
        case .relu, .sigmoid, .tanh, .hardSwish, .powerOfTwo: return nil
        }
    }

    private func automatic(_ scale: QuantizerScale, _ scales: Bool, _ shape: Shape) -> AutomaticScale? {
        switch scale {
        case .unstated: scales ? AutomaticScale(powerOfTwo: true, shape: shape, axis: nil) : nil
        case .stated: nil
        case .automatic(let powerOfTwo): AutomaticScale(powerOfTwo: powerOfTwo, shape: shape, axis: nil)
        }
    }
}

extension [QuantizerStep] {
    /// What the ops do to activations, done to trained numbers: in double precision, then rounded to single.
    func applied(to numbers: Tensor) throws(LayerError) -> Tensor {
        var values = numbers.doubles
        for step in self {
            let key = ImportKey(.keras, step.op)
            guard let rule = Catalog.rule(key) else { throw ImportFormat.keras.refusal(of: step.op) }
            let layer = try rule.read(
                ImportSite(
                    key, layer: "", attributes: step.attributes, tensors: step.tensors, inputs: [numbers.shape]))
            _ = try layer.outputShapes(of: [numbers.shape])
            values = layer.floatKernel([numbers.shape])([values], samples: 1)[0]
        }
        return Tensor(shape: numbers.shape, values: values.map { Float($0) }) ?? numbers
    }
}
