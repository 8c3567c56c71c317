extension ONNXOp {
    /// The attributes that mean something, and are honoured or refused by their value; any other might change what the
    /// operator computes.
    var attributes: Set<String> {
        switch self {
        case .input:
            ["shape", "type"]
        case .constant:
            ["value", "value_float", "value_floats", "value_int", "value_ints"]
        case .elu, .celu, .leakyRelu, .thresholdedRelu, .swish:
            ["alpha"]
        case .gelu:
            ["approximate"]
        case .hardSigmoid:
            ["alpha", "beta"]
        case .selu:
            ["alpha", "gamma"]
        case .shrink:
            ["bias", "lambd"]
        case .clip:
            ["max", "min"]
        case .cast:
            ["to"]
        case .dropout:
            ["ratio"]
        case .multiThreshold:
            ["data_layout", "out_bias", "out_dtype", "out_scale"]
        case .scaler:
            ["offset", "scale"]
        case .qGemm:
            ["alpha", "transA", "transB"]
        case .qLinearAveragePool:
            [
                "auto_pad", "ceil_mode", "channels_last", "count_include_pad", "dilations", "kernel_shape", "pads",
                "strides",
            ]
        case .qLinearConcat:
            ["axis"]
        case .qLinearConv:
            ["auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"]
        case .qLinearGlobalAveragePool:
            ["channels_last"]
        case .qLinearLeakyRelu:
            ["alpha"]
        case .qLinearSoftmax:
            ["axis", "opset"]
        case .qLinearAdd, .qLinearMatMul, .qLinearMul, .qLinearSigmoid:
            []
        case .conv, .convTranspose:
            ["auto_pad", "dilations", "group", "kernel_shape", "output_padding", "output_shape", "pads", "strides"]
        case .channelsLastConv:
            ["auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"]
        case .averagePool:
            ["auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides"]
        case .maxPool, .channelsLastMaxPool:
            ["auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "strides"]
        case .batchNormalization, .channelsLastBatchNormalization:
            ["epsilon", "is_test", "spatial", "training_mode"]
        case .depthToSpace:
            ["blocksize", "mode"]
        case .spaceToDepth:
            ["blocksize"]
        case .lpPool:
            ["auto_pad", "ceil_mode", "dilations", "kernel_shape", "p", "pads", "strides"]
        case .globalLpPool:
            ["p"]
        case .lrn:
            ["alpha", "beta", "bias", "size"]
        case .lpNormalization:
            ["axis", "p"]
        case .meanVarianceNormalization:
            ["axes"]
        case .rmsNormalization:
            ["axis", "epsilon", "stash_type"]
        case .cumSum:
            ["exclusive", "reverse"]
        case .instanceNormalization:
            ["epsilon"]
        case .groupNormalization:
            ["epsilon", "num_groups", "stash_type"]
        case .resize:
            [
                "antialias", "axes", "coordinate_transformation_mode", "cubic_coeff_a", "exclude_outside",
                "extrapolation_value", "keep_aspect_ratio_policy", "mode", "nearest_mode",
            ]
        case .upsample:
            ["mode", "scales"]
        case .reduceL1, .reduceL2, .reduceLogSum, .reduceLogSumExp, .reduceMax, .reduceMean, .reduceMin, .reduceProd,
            .reduceSum,
            .reduceSumSquare:
            ["axes", "keepdims", "noop_with_empty_axes"]
        case .concat:
            ["axis"]
        case .constantOfShape:
            ["value"]
        case .flatten, .gather, .gatherElements:
            ["axis"]
        case .gatherND:
            ["batch_dims"]
        case .scatterElements:
            ["axis", "reduction"]
        case .scatterND:
            ["reduction"]
        case .bitShift:
            ["direction"]
        case .isInf:
            ["detect_negative", "detect_positive"]
        case .mod:
            ["fmod"]
        case .pad:
            ["mode", "pads", "value"]
        case .reshape:
            ["allowzero", "shape"]
        case .shape:
            ["end", "start"]
        case .slice:
            ["axes", "ends", "starts"]
        case .split:
            ["axis", "num_outputs", "split"]
        case .squeeze, .unsqueeze:
            ["axes"]
        case .transpose:
            ["perm"]
        case .trilu:
            ["upper"]
        case .einsum:
            ["equation"]
        case .gemm:
            ["alpha", "beta", "transA", "transB"]
        case .layerNormalization:
            ["axis", "epsilon", "stash_type"]
        // That all axes from this one on are one is how older versions are told from newer ones.
        case .logSoftmax, .softmax:
            ["axis", "flattens"]
        case .gru:
            [
                "activation_alpha", "activation_beta", "activations", "clip", "direction", "hidden_size", "layout",
                "linear_before_reset",
            ]
        case .lstm:
            [
                "activation_alpha", "activation_beta", "activations", "clip", "direction", "hidden_size",
                "input_forget", "layout",
            ]
        case .rnn:
            ["activation_alpha", "activation_beta", "activations", "clip", "direction", "hidden_size", "layout"]
        case .dequantizeLinear:
            ["axis", "block_size", "output_dtype"]
        case .quantizeLinear:
            ["axis", "block_size", "output_dtype", "precision", "saturate"]
        case .quant, .intQuant:
            ["narrow", "rounding_mode", "signed"]
        case .trunc:
            ["narrow", "rounding_mode", "signed"]
        case .abs, .acos, .acosh, .asin, .asinh, .atan, .atanh, .ceil, .cos, .cosh, .erf, .exp, .floor, .hardSwish,
            .log, .mish, .neg, .pow, .reciprocal, .relu, .round, .sigmoid, .sign, .sin, .sinh, .softplus, .softsign,
            .sqrt, .tan, .tanh, .castLike, .identity, .add, .div, .max, .mean, .min, .mul, .pRelu, .sub, .sum,
            .where, .and, .equal, .greater, .greaterOrEqual, .less, .lessOrEqual, .not, .or, .xor, .isNaN,
            .globalAveragePool, .globalMaxPool, .expand, .range, .size, .tile, .matMul, .bipolarQuant, .affine,
            .embedding,
            .quantizeDequantize:
            []
        }
    }

    /// Attributes that are without effect at inference.
    var harmless: Set<String> {
        switch self {
        case .dropout: ["is_test", "seed"]
        case .maxPool, .channelsLastMaxPool: ["storage_order"]
        case .batchNormalization, .channelsLastBatchNormalization: ["momentum"]
        case .cast: ["round_mode", "saturate"]
        // Version 6 states what later ones do anyway.
        case .add, .div, .gemm, .mul, .pow, .sub: ["broadcast"]
        default: []
        }
    }
}
