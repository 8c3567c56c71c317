internal import Basics
internal import LayerKit

/// What a network of PQuantML was trained by, as each of its layers states it.
struct PQuantOptions {
    /// Whether anything is quantized.
    let quantizes: Bool
    /// Whether quantizers are those of HGQ 2, with widths that are trained.
    let isHighGranularity: Bool
    let rounding: String
    let weightOverflow: String
    let dataOverflow: String
    /// Whether a relu has a power of two before it.
    let multiplies: Bool
    /// Whether what quantizers do depends on what is known during training only.
    let fitsCompression: Bool
    let prunes: Bool
    /// Whether numbers are pruned before they are quantized.
    let prunesFirst: Bool
    let pruning: PQuantPruning?
    /// The size up to which `mdmm` takes numbers for zero.
    let pruningEpsilon: Float

    init(_ node: ImportNode) throws(LayerError) {
        guard let config = node.attributes["config"], let quantization = config["quantization_parameters"],
            let pruning = config["pruning_parameters"], let training = config["training_parameters"]
        else {
            throw LayerError(
                "it does not state how it was quantized", attribute: "config", help: "PQuantML 0.1 saves it so")
        }
        func flag(_ part: JSONValue, _ name: String) throws(LayerError) -> Bool {
            guard case .bool(let value) = part[name] else {
                throw LayerError("'\(name)' is \(part[name]?.summary ?? "missing")", attribute: "config")
            }
            return value
        }
        func text(_ part: JSONValue, _ name: String) throws(LayerError) -> String {
            guard let value = part[name]?.stringValue else {
                throw LayerError("'\(name)' is \(part[name]?.summary ?? "missing")", attribute: "config")
            }
            return value
        }
        quantizes = try flag(quantization, "enable_quantization")
        isHighGranularity = try flag(quantization, "use_high_granularity_quantization")
        rounding = try text(quantization, "round_mode")
        weightOverflow = try text(quantization, "overflow_mode_parameters")
        dataOverflow = try text(quantization, "overflow_mode_data")
        multiplies = try flag(quantization, "use_relu_multiplier")
        fitsCompression = config["fitcompress_parameters"]?["enable_fitcompress"] == .bool(true)
        prunes = try flag(pruning, "enable_pruning")
        prunesFirst = try flag(training, "pruning_first")
        self.pruning = PQuantPruning(rawValue: try text(pruning, "pruning_method"))
        pruningEpsilon = Float(pruning["epsilon"]?.numberValue ?? 0)
    }
}
