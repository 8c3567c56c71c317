public import LayerKit
public import Streams

extension CastOperation {
    public func tokens(_ site: HLSSite) -> TokenSchedule { site.elementwise(pipeline: 8) }
}
