internal import Basics

/// The layers of PQuantML that are read, by their classes.
enum PQuantClass: String, CaseIterable {
    case dense = "PQDense"
    case conv1D = "PQConv1d"
    case conv2D = "PQConv2d"
    case depthwise = "PQDepthwiseConv2d"
    case separable = "PQSeparableConv2d"
    case batchNormalization = "PQBatchNormalization"
    case averagePooling1D = "PQAvgPool1d"
    case averagePooling2D = "PQAvgPool2d"
    case activation = "PQActivation"
    case softmax = "PQSoftmax"
    case attention = "PQMultiheadAttention"

    /// What a layer states for itself, and for its training; the rest is as Keras has it.
    static let own: Set<String> = [
        "config", "input_quantizer", "weight_quantizer", "bias_quantizer", "output_quantizer", "quantize_input",
        "quantize_output", "quantize_parameters", "in_quant_bits", "weight_quant_bits", "bias_quant_bits",
        "out_quant_bits", "in_quant_granularity", "weight_quant_granularity", "bias_quant_granularity",
        "out_quant_granularity", "enable_pruning", "final_compression_done",
    ]

    init?(op: String) {
        guard let name = op.rest(behind: KerasPackage.pquant.prefix), let found = PQuantClass(rawValue: name) else {
            return nil
        }
        self = found
    }
}
