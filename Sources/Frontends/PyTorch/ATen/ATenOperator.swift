internal import Basics

/// The operators of ATen that are read, by the names that they have in `torch.ops.aten`, without their overloads.
enum ATenOperator: String, CaseIterable {
    // Functions of one element.
    case relu, sigmoid, tanh, exp, log, sqrt, abs, neg, reciprocal, sin, cos, erf, floor, ceil, round, sign
    case selu, mish, hardswish, rsqrt, square, silu, gelu, elu, celu, relu6, hardtanh, leakyRelu = "leaky_relu"
    case rrelu, prelu, innerPreluKernel = "_prelu_kernel", hardsigmoid, softplus, logSigmoid = "log_sigmoid",
        logSigmoidForward = "log_sigmoid_forward", threshold,
        clamp, clip
    case clampMin = "clamp_min", clampMax = "clamp_max", pow, log1p, expm1
    case atan, asin, acos, tan, sinh, cosh, asinh, acosh, atanh, exp2, log2, log10, hardshrink, softshrink
    case trunc, fix, frac, logit, erfc, sgn
    // Of one axis.
    case softmax, innerSoftmax = "_softmax", logSoftmax = "log_softmax", innerLogSoftmax = "_log_softmax", glu
    case innerSafeSoftmax = "_safe_softmax", cumsum, argmax, argmin
    // Of two tensors.
    case add, sub, rsub, mul, div, trueDivide = "true_divide", maximum, minimum, max, min, fmax, fmin
    case remainder, fmod, floorDivide = "floor_divide", atan2, hypot, logaddexp, outer, heaviside
    case cosineSimilarity = "cosine_similarity", cdist, innerCdist = "_cdist_forward"
    case pairwiseDistance = "pairwise_distance"
    case mseLoss = "mse_loss", l1Loss = "l1_loss"
    // Of three.
    case addcmul, addcdiv, lerp, bilinear, innerTrilinear = "_trilinear"
    // Sums of products.
    case linear, matmul, mm, bmm, addmm, baddbmm, einsum, mv, dot
    case scaledDotProductAttention = "scaled_dot_product_attention"
    case innerScaledDotProductFlashAttentionForCpu = "_scaled_dot_product_flash_attention_for_cpu", conv1d
    case conv2d, convolution, innerConvolution = "_convolution", convTranspose1d = "conv_transpose1d"
    case convTranspose2d = "conv_transpose2d", conv3d, convTranspose3d = "conv_transpose3d"
    // Normalisation.
    case batchNorm = "batch_norm", innerNativeBatchNormLegitNoTraining = "_native_batch_norm_legit_no_training"
    case nativeBatchNorm = "native_batch_norm", layerNorm = "layer_norm", nativeLayerNorm = "native_layer_norm"
    case innerNativeBatchNormLegit = "_native_batch_norm_legit", nativeGroupNorm = "native_group_norm"
    case groupNorm = "group_norm", instanceNorm = "instance_norm", rmsNorm = "rms_norm"
    case innerWeightNorm = "_weight_norm"
    // Windows and sums.
    case maxPool1d = "max_pool1d", maxPool2d = "max_pool2d", maxPool2dWithIndices = "max_pool2d_with_indices"
    case maxPool1dWithIndices = "max_pool1d_with_indices", avgPool1d = "avg_pool1d", avgPool2d = "avg_pool2d"
    case adaptiveAvgPool1d = "adaptive_avg_pool1d", adaptiveAvgPool2d = "adaptive_avg_pool2d"
    case innerAdaptiveAvgPool2d = "_adaptive_avg_pool2d", adaptiveAvgPool3d = "adaptive_avg_pool3d"
    case innerAdaptiveAvgPool3d = "_adaptive_avg_pool3d", adaptiveMaxPool3d = "adaptive_max_pool3d"
    case maxPool3d = "max_pool3d", maxPool3dWithIndices = "max_pool3d_with_indices", avgPool3d = "avg_pool3d"
    case adaptiveMaxPool1d = "adaptive_max_pool1d"
    case adaptiveMaxPool2d = "adaptive_max_pool2d", mean, sum, amax, amin, prod
    case linalgVectorNorm = "linalg_vector_norm", norm, std, `var`, logsumexp
    case stdMean = "std_mean", varMean = "var_mean", anyOf = "any", allOf = "all", countNonzero = "count_nonzero"
    // Recurrence.
    case lstm, gru, rnnTanh = "rnn_tanh", rnnRelu = "rnn_relu", lstmCell = "lstm_cell", gruCell = "gru_cell"
    case rnnTanhCell = "rnn_tanh_cell", rnnReluCell = "rnn_relu_cell"
    // Views.
    case view, reshape, innerUnsafeView = "_unsafe_view", viewAs = "view_as", reshapeAs = "reshape_as", flatten
    case unflatten, squeeze, unsqueeze, permute, transpose, t, swapaxes, movedim, expand, expandAs = "expand_as"
    case repeats = "repeat", tile, numpyT = "numpy_T", mT, clone, contiguous, detach, alias
    case liftFreshCopy = "lift_fresh_copy", liftFresh = "lift_fresh", innerToCopy = "_to_copy", to
    case typeAs = "type_as", dropout, nativeDropout = "native_dropout", featureDropout = "feature_dropout"
    case alphaDropout = "alpha_dropout", featureAlphaDropout = "feature_alpha_dropout", positive
    // Parts.
    case cat, concat, stack, split, splitWithSizes = "split_with_sizes", chunk, unbind
    case tensorSplit = "tensor_split", slice, select, narrow, index, innerUnsafeIndex = "_unsafe_index", indexSelect =
        "index_select", embedding
    case gather, indexAdd = "index_add", indexPut = "index_put", scatterAdd = "scatter_add", scatterReduce =
        "scatter_reduce"
    case diagonal
    case selectScatter = "select_scatter", sliceScatter = "slice_scatter", broadcastTensors = "broadcast_tensors"
    case flip, roll, repeatInterleave = "repeat_interleave"
    // Around and between.
    case constantPadNd = "constant_pad_nd", pad, upsampleNearest1d = "upsample_nearest1d"
    case upsampleNearest2d = "upsample_nearest2d", upsampleBilinear2d = "upsample_bilinear2d"
    case upsampleLinear1d = "upsample_linear1d", upsampleBicubic2d = "upsample_bicubic2d"
    case upsampleNearest3d = "upsample_nearest3d", innerUpsampleNearestExact1d = "_upsample_nearest_exact1d"
    case innerUpsampleNearestExact2d = "_upsample_nearest_exact2d"
    case pixelShuffle = "pixel_shuffle", pixelUnshuffle = "pixel_unshuffle", channelShuffle = "channel_shuffle"
    case imageToColumns = "im2col", columnsToImage = "col2im", unfold
    // Numbers that no input changes.
    case zeros, ones, full, zerosLike = "zeros_like", onesLike = "ones_like", fullLike = "full_like", arange
    case scalarTensor = "scalar_tensor", newZeros = "new_zeros", newOnes = "new_ones", newFull = "new_full", eye
    case linspace, trilIndices = "tril_indices", triuIndices = "triu_indices"
    case tril, triu, choice = "where", maskedFill = "masked_fill"
    // Truths.
    case bitwiseNot = "bitwise_not", logicalNot = "logical_not", eq, ne, lt, le, gt, ge
    case logicalAnd = "logical_and", logicalOr = "logical_or", bitwiseAnd = "bitwise_and"
    case bitwiseOr = "bitwise_or", bitwiseXor = "bitwise_xor", logicalXor = "logical_xor", oneHot = "one_hot"
    case nanToNum = "nan_to_num"

    /// The operator of a target such as `torch.ops.aten.add_.Tensor`, in place or not.
    init?(target: String) {
        guard target.begins(with: "torch.ops.aten.") else { return nil }
        var name = target.parts(at: ".")[3]
        // Python's own operators: `__and__` is what `bitwise_and` does.
        if let special = name.rest(behind: "__")?.rest(before: "__") { name = "bitwise_\(special)" }
        if let exact = ATenOperator(rawValue: name) {
            self = exact
        } else if let plain = name.rest(before: "_").flatMap(ATenOperator.init(rawValue:)) {
            self = plain
        } else {
            return nil
        }
    }
}

extension ATenCall {
    /// Whether it shows the numbers of its first argument in another way, or the same way.
    var isView: Bool {
        switch ATenOperator(target: target) {
        case .view, .innerUnsafeView, .viewAs, .reshape, .reshapeAs, .flatten, .unflatten, .squeeze, .unsqueeze,
            .permute,
            .transpose, .t, .swapaxes, .movedim, .expand, .expandAs, .numpyT, .mT, .contiguous, .detach, .alias, .to,
            .typeAs, .dropout, .featureDropout, .alphaDropout, .featureAlphaDropout, .positive, .split,
            .splitWithSizes, .chunk, .unbind, .tensorSplit, .slice, .select, .narrow, .diagonal, .unfold,
            .broadcastTensors, .nanToNum:
            true
        default: false
        }
    }

    /// Whether it computes something from something: numbers that no input changes are no layer of a module.
    var computes: Bool {
        switch ATenOperator(target: target) {
        case .zeros, .ones, .full, .zerosLike, .onesLike, .fullLike, .arange, .scalarTensor, .newZeros, .newOnes,
            .newFull, .eye, .linspace, .trilIndices, .triuIndices, .detach, .liftFreshCopy, .liftFresh, .alias:
            false
        default: target.begins(with: "torch.ops.") && !target.begins(with: "torch.ops.aten.sym_")
        }
    }
}
