public import LayerKit
public import Streams

extension SquareOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        .call(HLSCall("square", header: "nnet_square", members: [.size("n_in", site.input.count)]))
    }

    /// A product.
    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 16) }
}
