internal import Basics
internal import LayerKit

extension LayerNormalization {
    /// Operator `LayerNormalization`; axes count the samples'.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> LayerNormalization {
        try site.expectAttributes("axes", "epsilon")
        let names = ["scale", "bias"].filter { site.tensors[$0] != nil }
        let tensors = Dictionary(
            zip(names, try site.expectWeights(names)).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
        return LayerNormalization(
            axes: try (site.integers("axes") ?? []).map { $0 - 1 }, epsilon: try site.number("epsilon") ?? 1e-5,
            gamma: tensors["scale"], beta: tensors["bias"])
    }
}
