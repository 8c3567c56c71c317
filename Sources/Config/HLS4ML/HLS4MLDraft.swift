internal import Basics
internal import Options

/// An hls4ml YAML while it is being read: what its keys say, before they are put together.
struct HLS4MLDraft: Sendable {
    var project = ProjectDraft()
    /// What names the model, by key.
    var models: [ModelKey: (path: String, node: Node)] = [:]
    var xilinxPart: (part: String, node: Node)?
    var period: Ratio?
    var uncertainty: Uncertainty?
    /// How the model is to be read: not every format leaves that open.
    var inputShapes: (value: [[Int]], node: Node)?
    var channelsLast: (value: ImportHints.ChannelsLast, node: Node)?
    var transposeOutputs: (value: Bool, node: Node)?

    enum ModelKey: String, CaseIterable, Sendable {
        case kerasJson = "KerasJson"
        case kerasH5 = "KerasH5"
        case kerasModel = "KerasModel"
        case onnx = "OnnxModel"
        case pytorch = "PytorchModel"

        var isKeras: Bool {
            switch self {
            case .kerasJson, .kerasH5, .kerasModel: true
            case .onnx, .pytorch: false
            }
        }
    }

    enum Uncertainty: Sendable {
        case percent(Ratio)
        case nanoseconds(Ratio)
    }
}

/// A layer's section while it is being read.
struct HLS4MLLayerDraft: Sendable {
    var options = LayerOptions()
    /// Types that hls4ml generates and never reads.
    var unread: [(role: PrecisionRole, choice: PrecisionChoice, node: Node)] = []
    /// `accum_t`, which is stronger than `Precision: accum`.
    var accum: PrecisionChoice?
}
