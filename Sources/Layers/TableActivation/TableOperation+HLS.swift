public import LayerKit
public import Streams

extension TableOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let kernel: String, placed: [HLSCall.Member]
        switch place {
        case .centred(let rangeBits):
            kernel = "table_activation"
            placed = [.level("span_log2", rangeBits)]
        case .binned(let first, let stepBits):
            kernel = "table_lookup"
            placed = [.level("first", first), .level("step_log2", stepBits)]
        }
        return .call(
            HLSCall(
                kernel, header: "nnet_activation",
                members: [.size("n_in", site.input.count), .size("table_size", table.raw.count)] + placed
                    + [.constant("table", table.type)],
                constants: [.table("table", table)]))
    }

    /// An index and a look-up.
    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 12) }
}
