internal import Basics
internal import LayerKit

extension BatchNormalization {
    /// Operator `BatchNormalization`, the channels last.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> BatchNormalization {
        try site.expectAttributes("epsilon")
        let tensors = try site.expectWeights(["scale", "B", "mean", "var"])
        let epsilon = try site.number("epsilon") ?? 1e-5
        guard tensors[3].singles.allSatisfy({ $0 + epsilon > 0 }) else {
            throw LayerError("a variance is negative beyond epsilon (\(epsilon))", attribute: "var")
        }
        return BatchNormalization(
            gamma: tensors[0], beta: tensors[1], mean: tensors[2], variance: tensors[3], epsilon: epsilon)
    }

    /// A scale and an offset for each channel, which sums and products with constants are.
    static func fromONNXAffine(_ site: ImportSite) throws(LayerError) -> BatchNormalization {
        try site.expectAttributes()
        let tensors = try site.expectWeights(["scale", "bias"])
        return BatchNormalization(Affine(scale: tensors[0], bias: tensors[1]))
    }
}
