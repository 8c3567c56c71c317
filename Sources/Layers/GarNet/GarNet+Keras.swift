internal import Basics
internal import LayerKit

extension GarNet {
    /// Class `GarNet`, `simplified`: vertices and their number come in (`input_format` 'xn').
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> GarNet {
        try site.expectAttributes(
            "simplified", "collapse", "input_format", "output_activation", "quantize_transforms", "mean_by_nvert",
            "n_aggregators", "n_filters", "n_propagate")
        guard try site.flag("simplified", default: false) else {
            throw LayerError("only its simplified form is read", attribute: "simplified", help: "use simplified=True")
        }
        if try site.flag("quantize_transforms", default: false) {
            throw LayerError(
                "quantize_transforms is not supported", attribute: "quantize_transforms",
                help: "train with quantize_transforms=False")
        }
        let format = try site.text("input_format") ?? "xn"
        guard format == "xn" else {
            throw LayerError(
                "input_format '\(format)' is not supported", attribute: "input_format", help: "use 'xn'")
        }
        let name = try site.text("collapse")
        let collapse = name.flatMap(Collapse.init)
        guard name == nil || collapse != nil else {
            throw LayerError(
                "collapse '\(name ?? "")' is not known", attribute: "collapse", help: "'mean', 'sum' and 'max' are")
        }
        let weights = try site.expectWeights([
            "FLR_kernel", "FLR_bias", "S_kernel", "S_bias", "Fout_kernel", "Fout_bias",
        ])
        for kernel in [weights[0], weights[2], weights[4]] where kernel.shape.count != 2 {
            throw LayerError("a kernel has shape \(kernel.shape), expected two axes", attribute: "n_filters")
        }
        for (name, kernel) in [("n_propagate", weights[0]), ("n_aggregators", weights[2]), ("n_filters", weights[4])] {
            try site.expectCount(name, kernel.shape[1], "kernel")
        }
        return GarNet(
            features: Dense(kernel: weights[0], bias: weights[1]),
            distance: Dense(kernel: weights[2], bias: weights[3]),
            output: Dense(kernel: weights[4], bias: weights[5]),
            activation: try KerasFunction.layer(site, "output_activation", default: "linear"), collapse: collapse,
            countsVertices: try site.flag("mean_by_nvert", default: false))
    }
}
