public import LayerKit
public import Streams

extension ScaleBiasOperation {
    /// A product and a sum.
    public func tokens(_ site: HLSSite) -> TokenSchedule { site.elementwise(pipeline: 20) }
}
