internal import Basics
internal import LayerKit

extension ConstantTensor {
    /// Operator `Constant`: its numbers, without the samples' axis.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> ConstantTensor {
        try site.expectAttributes()
        return ConstantTensor(try site.expectWeights(["value"])[0])
    }
}
