public import LayerKit
public import Streams

extension ThresholdOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        .call(
            HLSCall(
                "threshold_steps", header: "nnet_threshold",
                members: [
                    .size("n_in", site.input.count), .size("n_chan", channels), .size("n_steps", steps),
                    .size("n_values", rows), .constant("threshold", thresholds.type),
                    .constant("value", values.type),
                ],
                constants: [
                    .init("threshold", thresholds, rowLength: steps, isTrained: true),
                    .init("value", values, rowLength: steps + 1, isTrained: true),
                ]))
    }

    /// Comparisons at once, and a choice between as many values.
    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 12) }
}
