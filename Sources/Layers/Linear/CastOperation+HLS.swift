public import LayerKit

extension CastOperation {
    public func hls(_ site: HLSSite) -> HLSForm {
        .call(HLSCall("linear", header: "nnet_activation", members: [.size("n_in", site.count())]))
    }
}
