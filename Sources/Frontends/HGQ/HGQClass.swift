internal import Basics

/// The layers of HGQ 2 that are read, by their classes.
enum HGQClass: String, CaseIterable {
    case quantizer = "Quantizer"
    case dense = "QDense"
    case batchNormDense = "QBatchNormDense"
    case einsumDense = "QEinsumDense"
    case einsumDenseBatchNorm = "QEinsumDenseBatchnorm"
    case conv1D = "QConv1D"
    case conv2D = "QConv2D"
    case conv3D = "QConv3D"
    case simpleRNN = "QSimpleRNN"
    case gru = "QGRU"
    case batchNormalization = "QBatchNormalization"
    case add = "QAdd"
    case subtract = "QSubtract"
    case multiply = "QMultiply"
    case average = "QAveragePow2"
    case maximum = "QMaximum"
    case minimum = "QMinimum"
    case dot = "QDot"
    case einsum = "QEinsum"
    case sum = "QSum"
    case mean = "QMeanPow2"
    case averagePooling1D = "QAveragePooling1D"
    case averagePooling2D = "QAveragePooling2D"
    case averagePooling3D = "QAveragePooling3D"
    case maxPooling1D = "QMaxPooling1D"
    case maxPooling2D = "QMaxPooling2D"
    case maxPooling3D = "QMaxPooling3D"
    case globalAveragePooling1D = "QGlobalAveragePooling1D"
    case globalAveragePooling2D = "QGlobalAveragePooling2D"
    case globalAveragePooling3D = "QGlobalAveragePooling3D"
    case globalMaxPooling1D = "QGlobalMaxPooling1D"
    case globalMaxPooling2D = "QGlobalMaxPooling2D"
    case globalMaxPooling3D = "QGlobalMaxPooling3D"
    case function = "QUnaryFunctionLUT"
    case affineFunction = "QAffinedUnaryFunctionLUT"
    case softmax = "QSoftmax"
    case attention = "QMultiHeadAttention"
    case linformer = "QLinformerAttention"
    case salt = "QSALTAttention"
    case attentionTable = "QMultiHeadAttentionT"
    case linformerTable = "QLinformerAttentionT"
    case denseTable = "QDenseT"
    case einsumTable = "QEinsumDenseT"
    case convTable1D = "QConvT1D"
    case convTable2D = "QConvT2D"

    init?(op: String) {
        guard let name = op.rest(behind: KerasPackage.hgq.prefix), let found = HGQClass(rawValue: name) else {
            return nil
        }
        self = found
    }

    /// Attributes that change nothing at inference.
    static let harmless: Set<String> = [
        "enable_ebops", "ebops_factor", "beta0", "parallelization_factor", "table_idxs", "momentum", "bn_momentum",
        "synchronized", "allow_heterogeneous_table", "allow_heterogeneous_input", "softmax_allow_heterogeneous_table",
        "supports_masking", "gradient_checkpointing", "lora_rank", "lora_alpha", "quantization_config",
    ]
}
