internal import Basics
internal import LayerKit

extension InputLayer {
    /// What enters a graph of ONNX: `shape`, with the samples' axis first.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> InputLayer {
        try site.expectAttributes("shape")
        return InputLayer(shape: Array(try (site.integers("shape") ?? []).dropFirst()))
    }
}
