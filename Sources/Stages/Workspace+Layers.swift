internal import Layers
internal import Steps

extension Workspace {
    /// The names of the model's layers; none where the model cannot be read.
    public var layerNames: [String] { ((try? road.preview(.model, in: world))?.nodes ?? []).map(\.name) }
}
