public import LayerKit
public import Streams

extension ExponentialUnitOperation {
    /// A product, a look-up and another product.
    public func tokens(_ site: HLSSite) -> TokenSchedule { site.elementwise(pipeline: 32) }
}
