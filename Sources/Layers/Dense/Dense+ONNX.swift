internal import Basics
internal import LayerKit

extension Dense {
    /// Operator `Gemm` with trained numbers: B of shape (inputs, outputs), and C, where there is one.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Dense {
        try site.expectAttributes()
        let biased = site.tensors["C"] != nil
        let tensors = try site.expectWeights(biased ? ["B", "C"] : ["B"])
        return Dense(kernel: tensors[0], bias: biased ? tensors[1] : nil)
    }
}
