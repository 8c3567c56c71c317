public import LayerKit
public import Streams

extension RectifierOperation {
    /// Comparisons; a slope is a product.
    public func tokens(_ site: HLSSite) -> TokenSchedule { site.elementwise(pipeline: slope == nil ? 8 : 20) }
}
