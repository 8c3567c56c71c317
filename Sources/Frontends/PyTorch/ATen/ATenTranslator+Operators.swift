internal import Basics
internal import LayerKit

extension ATenTranslator {
    /// What the call that is translated now gives.
    mutating func results() throws(LayerError) -> [ATenValue] {
        guard let op = ATenOperator(target: call.target) else { throw Self.unknown(call) }
        switch op {
        case .relu: return [try each("Relu")]
        case .sigmoid: return [try each("Sigmoid")]
        case .tanh: return [try each("Tanh")]
        case .exp: return [try each("Exp")]
        case .log: return [try each("Log")]
        case .sqrt: return [try each("Sqrt")]
        case .abs: return [try each("Abs")]
        case .neg: return [try each("Neg")]
        case .reciprocal: return [try each("Reciprocal")]
        case .sin: return [try each("Sin")]
        case .cos: return [try each("Cos")]
        case .erf: return [try each("Erf")]
        case .floor: return [try each("Floor")]
        case .ceil: return [try each("Ceil")]
        case .round: return [try each("Round")]
        case .sign, .sgn: return [try each("Sign")]
        case .selu: return [try each("Selu")]
        case .mish: return [try each("Mish")]
        case .hardswish: return [try each("HardSwish")]
        case .atan: return [try each("Atan")]
        case .asin: return [try each("Asin")]
        case .acos: return [try each("Acos")]
        case .tan: return [try each("Tan")]
        case .sinh: return [try each("Sinh")]
        case .cosh: return [try each("Cosh")]
        case .asinh: return [try each("Asinh")]
        case .acosh: return [try each("Acosh")]
        case .atanh: return [try each("Atanh")]
        case .relu6, .hardtanh, .leakyRelu, .hardshrink, .softshrink, .rrelu, .prelu, .innerPreluKernel, .elu, .celu,
            .gelu, .silu,
            .hardsigmoid, .softplus,
            .logSigmoid, .logSigmoidForward, .threshold:
            return [try activation(op)]
        case .rsqrt, .square, .pow, .log1p, .expm1, .exp2, .log2, .log10, .logit, .erfc:
            return [try power(op)]
        case .trunc, .fix, .frac: return [try rounding(op)]
        case .nanToNum: return [try replaceNonNumbers()]
        case .clamp, .clip, .clampMin, .clampMax: return [try clamp()]
        case .softmax, .innerSoftmax: return [try softmax("Softmax")]
        case .innerSafeSoftmax: return [try safeSoftmax()]
        case .logSoftmax, .innerLogSoftmax: return [try softmax("LogSoftmax")]
        case .glu: return [try gatedUnit()]
        case .add, .sub, .rsub, .mul, .div, .trueDivide, .maximum, .minimum, .fmax, .fmin: return [try merge(op)]
        case .max, .min: return try extreme(op)
        case .argmax, .argmin: return [try place(of: op)]
        case .remainder, .fmod, .floorDivide: return [try remainder(op)]
        case .atan2: return [try angle()]
        case .hypot: return [try hypotenuse()]
        case .heaviside: return [try step()]
        case .logaddexp: return [try logOfSum()]
        case .outer: return [try outerProduct()]
        case .cosineSimilarity: return [try cosineSimilarity()]
        case .cdist, .innerCdist: return [try distances()]
        case .pairwiseDistance: return [try pairwiseDistance()]
        case .mseLoss, .l1Loss: return [try loss(op)]
        case .addcmul, .addcdiv, .lerp: return [try threefold(op)]
        case .innerTrilinear: return [try trilinear()]
        case .bilinear: return [try bilinear()]
        case .linear: return [try linear()]
        case .matmul, .mm, .bmm, .mv, .dot: return [try product()]
        case .addmm, .baddbmm: return [try productAndSum()]
        case .einsum: return [try einsum()]
        case .scaledDotProductAttention, .innerScaledDotProductFlashAttentionForCpu: return [try attention()]
        case .conv1d, .conv2d, .convolution, .innerConvolution, .convTranspose1d, .convTranspose2d, .conv3d,
            .convTranspose3d:
            return [try convolution(op)]
        case .batchNorm, .innerNativeBatchNormLegitNoTraining, .nativeBatchNorm: return [try batchNorm()]
        case .innerNativeBatchNormLegit: return [try batchNormOfSample()]
        case .layerNorm, .nativeLayerNorm: return [try layerNorm()]
        case .rmsNorm: return [try rootMeanSquareNorm()]
        case .groupNorm, .nativeGroupNorm: return [try groupNorm()]
        case .instanceNorm: return [try instanceNorm()]
        case .maxPool1d, .maxPool2d, .maxPool2dWithIndices, .maxPool1dWithIndices, .maxPool3d, .maxPool3dWithIndices:
            return [try maxPool()]
        case .avgPool1d, .avgPool2d, .avgPool3d: return [try averagePool()]
        case .adaptiveAvgPool1d, .adaptiveAvgPool2d, .innerAdaptiveAvgPool2d, .adaptiveAvgPool3d,
            .innerAdaptiveAvgPool3d:
            return [try adaptivePool("AveragePool")]
        case .adaptiveMaxPool1d, .adaptiveMaxPool2d, .adaptiveMaxPool3d: return [try adaptivePool("MaxPool")]
        case .mean: return [try reduce("ReduceMean")]
        case .sum: return [try reduce("ReduceSum")]
        case .amax: return [try reduce("ReduceMax")]
        case .amin: return [try reduce("ReduceMin")]
        case .prod: return [try reduce("ReduceProd")]
        case .logsumexp: return [try logSumExp()]
        case .linalgVectorNorm, .norm: return [try norm()]
        case .var, .std: return [try variance(op)[0]]
        case .varMean, .stdMean: return try variance(op)
        case .anyOf: return [try reduceTruth("ReduceMax")]
        case .allOf: return [try reduceTruth("ReduceMin")]
        case .countNonzero: return [try countNonzero()]
        case .lstm: return try recurrent(.lstm)
        case .gru: return try recurrent(.gru)
        case .rnnTanh: return try recurrent(.tanh)
        case .rnnRelu: return try recurrent(.relu)
        case .lstmCell: return try lstmCell()
        case .gruCell: return [try gruCell()]
        case .rnnTanhCell: return [try plainCell("Tanh")]
        case .rnnReluCell: return [try plainCell("Relu")]
        case .innerWeightNorm: return [try weightNorm()]
        case .cumsum: return [try cumulativeSum()]
        case .roll: return [try roll()]
        case .repeatInterleave: return [try repeatInterleave()]
        case .view, .reshape, .innerUnsafeView, .viewAs, .reshapeAs, .flatten, .unflatten: return [try reshape()]
        case .squeeze: return [try squeeze()]
        case .unsqueeze: return [try unsqueeze()]
        case .permute, .transpose, .t, .swapaxes, .movedim, .numpyT, .mT: return [try permute(op)]
        case .expand, .expandAs: return [try expand()]
        case .repeats: return [try tile("repeats")]
        case .tile: return [try tile("dims")]
        case .clone, .contiguous, .detach, .alias, .liftFreshCopy, .liftFresh, .innerToCopy, .to, .typeAs, .positive:
            return [try same()]
        case .dropout, .nativeDropout, .featureDropout, .alphaDropout, .featureAlphaDropout:
            return [try dropout()]
        case .cat, .concat: return [try concatenate()]
        case .stack: return [try stack()]
        case .split, .splitWithSizes, .chunk, .tensorSplit: return try split()
        case .unbind: return try unbind()
        case .slice, .narrow: return [try slice()]
        case .select: return [try select()]
        case .flip: return [try flip()]
        case .index, .innerUnsafeIndex: return [try index()]
        case .gather: return [try gatherElements()]
        case .indexPut: return [try indexPut()]
        case .indexAdd: return [try indexAdd()]
        case .scatterAdd, .scatterReduce: return [try scatterAdd()]
        case .diagonal: return [try diagonal()]
        case .selectScatter, .sliceScatter: return [try scatterSlice(op)]
        case .broadcastTensors: return try broadcast()
        case .indexSelect: return [try indexSelect()]
        case .embedding: return [try embedding()]
        case .constantPadNd, .pad: return [try pad()]
        case .upsampleNearest1d, .upsampleNearest2d, .upsampleNearest3d, .upsampleLinear1d, .upsampleBilinear2d,
            .upsampleBicubic2d, .innerUpsampleNearestExact1d, .innerUpsampleNearestExact2d:
            return [try resize(op)]
        case .pixelShuffle: return [try pixelShuffle()]
        case .pixelUnshuffle: return [try pixelUnshuffle()]
        case .channelShuffle: return [try shuffleChannels()]
        case .imageToColumns: return [try unfoldImage()]
        case .columnsToImage: return [try foldImage()]
        case .unfold: return [try unfoldAxis()]
        case .zeros, .zerosLike, .newZeros: return [try filled(0)]
        case .ones, .onesLike, .newOnes: return [try filled(1)]
        case .full, .fullLike, .newFull: return [try filled(try real("fill_value"))]
        case .scalarTensor: return [try filled(try real("s"))]
        case .arange: return [try range()]
        case .eye: return [try identity()]
        case .linspace: return [try evenly()]
        case .trilIndices, .triuIndices: return [try triangleIndices(op)]
        case .tril, .triu: return [try triangle(op)]
        case .choice, .maskedFill: return [try choose(op)]
        case .oneHot: return [try oneHot()]
        case .bitwiseNot, .logicalNot, .eq, .ne, .lt, .le, .gt, .ge, .logicalAnd, .logicalOr, .bitwiseAnd,
            .bitwiseOr, .bitwiseXor, .logicalXor:
            return [try truth(op)]
        }
    }

    private static func unknown(_ call: ATenCall) -> LayerError {
        if ["topk", "sort", "argsort", "msort", "kthvalue", "median", "mode", "unique"].contains(call.function) {
            return LayerError(
                "the operator \(call.spelling) is not read",
                help: "which elements it takes differs from sample to sample, and what is wired does not: order them "
                    + "before the network; amax, amin and argmax are read")
        }
        let near = Spelling.nearest(to: call.function, in: ATenOperator.allCases.map(\.rawValue))
        return LayerError(
            "the operator \(call.spelling) is not read",
            help: (near.map { "the nearest that is read: aten.\($0); " } ?? "")
                + "write it with operators that are read: README, 'What it reads'")
    }
}
