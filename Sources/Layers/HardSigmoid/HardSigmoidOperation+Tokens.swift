public import LayerKit
public import Streams

extension HardSigmoidOperation {
    /// A product and a sum between bounds.
    public func tokens(_ site: HLSSite) -> TokenSchedule { site.elementwise(pipeline: 24) }
}
