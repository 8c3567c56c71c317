public import LayerKit
public import Streams

extension SoftmaxOperation {
    /// Trees over the classes, two look-ups and a product.
    public func tokens(_ site: HLSSite) -> TokenSchedule {
        let levels = Int.bitWidth - site.channels().leadingZeroBitCount
        return site.elementwise(pipeline: 32 + 4 * levels)
    }
}
