/// The operators of ONNX and QONNX that are read, by their names.
///
/// Of the operators of QONNX's channels-last domain the name begins with `ChannelsLast`.
enum ONNXOp: String, CaseIterable {
    // What a reader adds: what enters the network, and numbers that do not depend on it.
    case input = "Input", constant = "Constant"
    // One element by itself.
    case abs = "Abs", acos = "Acos", acosh = "Acosh", asin = "Asin", asinh = "Asinh", atan = "Atan", atanh = "Atanh"
    case ceil = "Ceil", celu = "Celu", clip = "Clip", cos = "Cos", cosh = "Cosh", elu = "Elu", erf = "Erf"
    case exp = "Exp", floor = "Floor", gelu = "Gelu", hardSigmoid = "HardSigmoid", hardSwish = "HardSwish"
    case leakyRelu = "LeakyRelu", log = "Log", mish = "Mish", neg = "Neg", pow = "Pow", reciprocal = "Reciprocal"
    case relu = "Relu", round = "Round", selu = "Selu", shrink = "Shrink", sigmoid = "Sigmoid", sign = "Sign"
    case sin = "Sin", sinh = "Sinh", softplus = "Softplus", softsign = "Softsign", sqrt = "Sqrt", swish = "Swish"
    case tan = "Tan", tanh = "Tanh", thresholdedRelu = "ThresholdedRelu"
    // Nothing at inference, or another type of numbers.
    case cast = "Cast", castLike = "CastLike", dropout = "Dropout", identity = "Identity"
    // Several tensors element by element.
    case add = "Add", div = "Div", max = "Max", mean = "Mean", min = "Min", mul = "Mul", pRelu = "PRelu", sub = "Sub"
    case sum = "Sum", `where` = "Where"
    // Truths: 1 where it is so, 0 elsewhere.
    case and = "And", equal = "Equal", greater = "Greater", greaterOrEqual = "GreaterOrEqual", less = "Less"
    case lessOrEqual = "LessOrEqual", not = "Not", or = "Or", xor = "Xor"
    // Only of constants.
    case bitShift = "BitShift", isInf = "IsInf", isNaN = "IsNaN", mod = "Mod"
    // Windows and channels.
    case averagePool = "AveragePool", batchNormalization = "BatchNormalization", conv = "Conv"
    case convTranspose = "ConvTranspose", depthToSpace = "DepthToSpace", globalAveragePool = "GlobalAveragePool"
    case globalLpPool = "GlobalLpPool", globalMaxPool = "GlobalMaxPool", groupNormalization = "GroupNormalization"
    case instanceNormalization = "InstanceNormalization", lpPool = "LpPool", lrn = "LRN", maxPool = "MaxPool"
    case resize = "Resize"
    case spaceToDepth = "SpaceToDepth", upsample = "Upsample"
    // The same with the channels last.
    case channelsLastBatchNormalization = "ChannelsLastBatchNormalization", channelsLastConv = "ChannelsLastConv"
    case channelsLastMaxPool = "ChannelsLastMaxPool"
    // Sums and other numbers of many elements.
    case reduceL1 = "ReduceL1", reduceL2 = "ReduceL2", reduceLogSum = "ReduceLogSum"
    case reduceLogSumExp = "ReduceLogSumExp", reduceMax = "ReduceMax"
    case reduceMean = "ReduceMean", reduceMin = "ReduceMin", reduceProd = "ReduceProd", reduceSum = "ReduceSum"
    case reduceSumSquare = "ReduceSumSquare"
    // The same elements elsewhere.
    case concat = "Concat", constantOfShape = "ConstantOfShape", expand = "Expand", flatten = "Flatten"
    case gather = "Gather", gatherElements = "GatherElements", gatherND = "GatherND", pad = "Pad", range = "Range",
        reshape = "Reshape", shape = "Shape", size = "Size"
    case scatterElements = "ScatterElements", scatterND = "ScatterND", slice = "Slice", split = "Split", squeeze =
        "Squeeze", tile = "Tile", transpose = "Transpose"
    case trilu = "Trilu", unsqueeze = "Unsqueeze"
    // Products.
    case einsum = "Einsum", gemm = "Gemm", matMul = "MatMul"
    // Along an axis.
    case cumSum = "CumSum", layerNormalization = "LayerNormalization", logSoftmax = "LogSoftmax"
    case lpNormalization = "LpNormalization", meanVarianceNormalization = "MeanVarianceNormalization"
    case rmsNormalization = "RMSNormalization", softmax = "Softmax"
    // Sequences.
    case gru = "GRU", lstm = "LSTM", rnn = "RNN"
    // Quantisers.
    case bipolarQuant = "BipolarQuant", dequantizeLinear = "DequantizeLinear", intQuant = "IntQuant", quant = "Quant"
    case multiThreshold = "MultiThreshold", quantizeLinear = "QuantizeLinear", trunc = "Trunc"
    // Operators of the whole numbers that quantisers give.
    case qGemm = "QGemm", qLinearAdd = "QLinearAdd", qLinearAveragePool = "QLinearAveragePool"
    case qLinearConcat = "QLinearConcat", qLinearConv = "QLinearConv"
    case qLinearGlobalAveragePool = "QLinearGlobalAveragePool", qLinearLeakyRelu = "QLinearLeakyRelu"
    case qLinearMatMul = "QLinearMatMul", qLinearMul = "QLinearMul", qLinearSigmoid = "QLinearSigmoid"
    case qLinearSoftmax = "QLinearSoftmax"
    // Of other domains.
    case scaler = "Scaler"
    // What passes make of others: a scale and an offset for each channel, rows of a trained table, and QuantizeLinear
    // with DequantizeLinear.
    case affine = "Affine", embedding = "Embedding", quantizeDequantize = "QuantizeDequantize"

    /// Whether no file has it.
    var isMade: Bool { self == .affine || self == .embedding || self == .quantizeDequantize }
}
