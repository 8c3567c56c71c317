public import LayerKit

extension TableOperation {
    public func hls(_ site: HLSSite) -> HLSForm {
        .call(
            HLSCall(
                "table_activation", header: "nnet_activation",
                members: [
                    .size("n_in", site.count()), .size("table_size", table.raw.count),
                    .level("span_log2", rangeBits), .type("table_t", table.type),
                ],
                constants: [.table("table", table)]))
    }
}
