public import LayerKit
public import Streams

extension HardSigmoidOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        .call(
            HLSCall(
                "hard_sigmoid", header: "nnet_activation",
                members: [
                    .size("n_in", site.input.count), .constant("slope", slope.type), .constant("shift", shift.type),
                ],
                parameters: [.init("slope", slope), .init("shift", shift)]))
    }

    /// A product and a sum between bounds.
    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 24) }
}
