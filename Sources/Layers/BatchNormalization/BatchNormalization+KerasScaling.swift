internal import Basics
internal import LayerKit

extension BatchNormalization {
    /// Class `Rescaling`: `scale x + offset`, each one number or one per channel.
    static func fromKerasRescaling(_ site: ImportSite) throws(LayerError) -> BatchNormalization {
        try site.expectAttributes("scale", "offset")
        let channels = site.input?.last ?? 1
        return BatchNormalization(
            Affine(
                scale: try perChannel(site, "scale", channels, default: 1),
                bias: try perChannel(site, "offset", channels, default: 0)))
    }

    private static func perChannel(
        _ site: ImportSite, _ name: String, _ channels: Int, default standard: Float
    ) throws(LayerError) -> Tensor {
        let value = site.attributes[name] ?? .null
        let list = value.arrayValue ?? value["config"]?["value"]?.arrayValue
        guard let list else {
            return Tensor([Float](repeating: try site.number(name) ?? standard, count: channels))
        }
        let numbers = list.compactMap(\.numberValue).map(Float.init)
        guard numbers.count == list.count, numbers.count == channels, numbers.allSatisfy(\.isFinite) else {
            throw site.wrong(name, value, "one number, or one for each of \(channels) channels")
        }
        return Tensor(numbers)
    }

    /// Class `Normalization`: `(x - mean) / sqrt(variance)`, from trained statistics or stated ones, of the last axis or
    /// of everything.
    static func fromKerasNormalization(_ site: ImportSite) throws(LayerError) -> BatchNormalization {
        try site.expectAttributes("axis", "mean", "variance", "input_mean", "input_variance", "invert")
        if let axes = try site.integers("axis"), !axes.isEmpty { try site.expectLastAxis("axis") }
        if try site.flag("invert", default: false) {
            throw LayerError("invert is not supported", attribute: "invert", help: "use a Rescaling layer")
        }
        let channels = site.input?.last ?? 1
        let mean: Tensor, variance: Tensor
        if site.attributes["mean"] ?? .null != .null || site.attributes["input_mean"] ?? .null != .null {
            let names =
                site.attributes["mean"] ?? .null != .null ? ["mean", "variance"] : ["input_mean", "input_variance"]
            mean = try perChannel(site, names[0], channels, default: 0)
            variance = try perChannel(site, names[1], channels, default: 1)
        } else {
            // How many batches were seen does not matter once they are.
            let weights = ImportSite(
                site.key, layer: site.layer, attributes: site.attributes,
                tensors: ImportSite.named(site.tensors, ["mean", "variance", "count"]).filter { $0.key != "count" },
                inputs: site.inputs)
            let tensors = try weights.expectWeights(["mean", "variance"])
            mean = spread(tensors[0], channels)
            variance = spread(tensors[1], channels)
        }
        // Keras divides by at least its epsilon.
        let scale = variance.singles.map { 1 / max($0.squareRoot(), 1e-7) }
        let bias = zip(mean.singles, scale).map { -$0 * $1 }
        return BatchNormalization(Affine(scale: Tensor(scale), bias: Tensor(bias)))
    }

    private static func spread(_ tensor: Tensor, _ channels: Int) -> Tensor {
        let values = tensor.singles
        return Tensor(values.count == 1 ? [Float](repeating: values[0], count: channels) : values)
    }
}
