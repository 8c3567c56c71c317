public import LayerKit

extension ViewOperation {
    public func hls(_ site: HLSSite) -> HLSForm { .view }
}
