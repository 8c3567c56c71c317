public import LayerKit

extension HardSigmoidOperation {
    public func hls(_ site: HLSSite) -> HLSForm {
        .call(
            HLSCall(
                "hard_sigmoid", header: "nnet_activation",
                members: [
                    .size("n_in", site.count()), .type("slope_t", slope.type), .type("shift_t", shift.type),
                ],
                parameters: [.init("slope", slope), .init("shift", shift)]))
    }
}
