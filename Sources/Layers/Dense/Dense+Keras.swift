internal import LayerKit

extension Dense {
    /// Class `Dense`. Its activation is a node of its own by now.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> Dense {
        try site.expectAttributes("units", "use_bias")
        let biased = try site.flag("use_bias", default: true)
        let tensors = try site.expectWeights(biased ? ["kernel", "bias"] : ["kernel"])
        let dense = Dense(kernel: tensors[0], bias: biased ? tensors[1] : nil)
        if let units = try site.integers("units"), units != [dense.kernel.shape.last ?? 0] {
            throw LayerError(
                "\(units.map(String.init).joined(separator: ", ")) units, but the kernel has shape "
                    + "\(dense.kernel.shape)", attribute: "units", help: "do the weights belong to this model?")
        }
        return dense
    }
}
