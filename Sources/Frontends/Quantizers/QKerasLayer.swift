internal import LayerKit

/// A layer class of QKeras: one of Keras' own, whose trained numbers pass quantizers.
struct QKerasLayer {
    /// The class of Keras.
    let plain: String
    /// Which quantizer applies to which of the trained numbers.
    let weights: [Weights]
    /// Whether its `activation` is left to the class of Keras, which states one as well.
    let statesActivation: Bool
    /// Whether its activations are computed inside it, in every step.
    let isRecurrent: Bool
    /// The numbers that a batch normalization inside the layer is folded into before they are quantized.
    let folded: String?

    struct Weights {
        /// The attribute that states the quantizer.
        var attribute: String
        /// The numbers' name inside the layer.
        var tensor: String
        /// Whether a scale that is not stated is computed.
        var scales: Bool
        /// What an attribute that is missing means.
        var standard: String?

        /// Whether they are a batch normalization's, of which hls4ml takes the numbers that were trained.
        var isNormalization: Bool { standard != nil }

        init(_ attribute: String, _ tensor: String, scales: Bool = false, standard: String? = nil) {
            self.attribute = attribute
            self.tensor = tensor
            self.scales = scales
            self.standard = standard
        }
    }

    private init(
        _ plain: String, _ weights: [Weights], statesActivation: Bool = true, folded: String? = nil,
        isRecurrent: Bool = false
    ) {
        self.plain = plain
        self.weights = weights
        self.statesActivation = statesActivation
        self.folded = folded
        self.isRecurrent = isRecurrent
    }

    private static let kernel = Weights("kernel_quantizer", "kernel", scales: true)
    private static let bias = Weights("bias_quantizer", "bias")
    private static let depthwise = Weights("depthwise_quantizer", "depthwise_kernel", scales: true)
    private static let pointwise = Weights("pointwise_quantizer", "pointwise_kernel", scales: true)
    private static let recurrent = Weights("recurrent_quantizer", "recurrent_kernel", scales: true)

    static let classes: [String: QKerasLayer] = [
        "QDense": QKerasLayer("Dense", [kernel, bias]),
        "QConv1D": QKerasLayer("Conv1D", [kernel, bias]),
        "QConv2D": QKerasLayer("Conv2D", [kernel, bias]),
        "QConv2DTranspose": QKerasLayer("Conv2DTranspose", [kernel, bias]),
        "QDepthwiseConv2D": QKerasLayer("DepthwiseConv2D", [depthwise, bias]),
        "QConv2DBatchnorm": QKerasLayer("Conv2D", [kernel, bias], folded: "kernel"),
        "QDepthwiseConv2DBatchnorm": QKerasLayer("DepthwiseConv2D", [depthwise, bias], folded: "depthwise_kernel"),
        "QSeparableConv1D": QKerasLayer("SeparableConv1D", [depthwise, pointwise, bias]),
        "QSeparableConv2D": QKerasLayer("SeparableConv2D", [depthwise, pointwise, bias]),
        "QSimpleRNN": QKerasLayer("SimpleRNN", [kernel, recurrent, bias], isRecurrent: true),
        "QLSTM": QKerasLayer("LSTM", [kernel, recurrent, bias], isRecurrent: true),
        "QGRU": QKerasLayer("GRU", [kernel, recurrent, bias], isRecurrent: true),
        "QActivation": QKerasLayer(KerasActivations.className, []),
        "QBatchNormalization": QKerasLayer(
            "BatchNormalization",
            [
                Weights(
                    "gamma_quantizer", "gamma", scales: true, standard: "quantized_relu_po2(6, 2048)"),
                Weights("beta_quantizer", "beta", standard: "quantized_po2(5)"),
                Weights("mean_quantizer", "moving_mean", standard: "quantized_po2(5)"),
                Weights(
                    "variance_quantizer", "moving_variance", scales: true,
                    standard: "quantized_relu_po2(6, quadratic_approximation=True)"),
            ]),
        "QAveragePooling2D": QKerasLayer("AveragePooling2D", [], statesActivation: false),
        "QGlobalAveragePooling2D": QKerasLayer("GlobalAveragePooling2D", [], statesActivation: false),
    ]
}
