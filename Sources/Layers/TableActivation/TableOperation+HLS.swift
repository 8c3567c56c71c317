public import LayerKit
public import Streams

extension TableOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        .call(
            HLSCall(
                "table_activation", header: "nnet_activation",
                members: [
                    .size("n_in", site.input.count), .size("table_size", table.raw.count),
                    .level("span_log2", rangeBits), .constant("table", table.type),
                ],
                constants: [.table("table", table)]))
    }

    /// An index and a look-up.
    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 12) }
}
