/// Layers that apply another layer.
enum KerasWrapper: String {
    case timeDistributed = "TimeDistributed"
    case bidirectional = "Bidirectional"

    /// The attributes that hold what is applied.
    var parts: [String] {
        switch self {
        case .timeDistributed: ["layer"]
        case .bidirectional: ["layer", "backward_layer"]
        }
    }
}
