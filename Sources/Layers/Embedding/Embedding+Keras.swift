internal import Basics
internal import LayerKit

extension Embedding {
    /// Class `Embedding`: `input_dim` rows of `output_dim` numbers.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> Embedding {
        try site.expectAttributes(
            "input_dim", "output_dim", "mask_zero", "sparse", withoutEffect: ["input_length"])
        if try site.flag("mask_zero", default: false) {
            throw LayerError(
                "mask_zero is not supported: layers behind it would leave steps out", attribute: "mask_zero",
                help: "build the model with mask_zero=False")
        }
        let table = try site.expectWeights(["embeddings"])[0]
        let sizes = [try site.integers("input_dim"), try site.integers("output_dim")].compactMap { $0?.first }
        guard sizes.count < 2 || sizes == table.shape else {
            throw LayerError(
                "input_dim and output_dim are \(sizes), but the table has shape \(table.shape)",
                attribute: "input_dim", help: "do the weights belong to this model?")
        }
        return Embedding(table: table)
    }
}
