public import LayerKit
public import Streams

extension TableOperation {
    /// An index and a look-up.
    public func tokens(_ site: HLSSite) -> TokenSchedule { site.elementwise(pipeline: 12) }
}
