internal import Estimates
internal import FixedPoint
public import LayerKit
internal import Options
public import Streams

extension EmbeddingOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let bits = width * table.type.width
        guard bits <= ToolLimits.commonWordBits else {
            return .unsupported(
                "a row of its table is a word of \(bits) bits, and a memory's has at most \(ToolLimits.commonWordBits)")
        }
        let table = HLSCall.ConstantArray("table", table, rowLength: width, isTrained: true, words: width)
        return .call(
            HLSCall(
                "embedding", header: "nnet_embedding",
                members: [
                    .size("n_elements", site.input.count), .size("n_out", width), .size("n_rows", rows),
                    .constant("table", table.type),
                ],
                constants: [table],
                schedule: site.io == .stream && site.input.count > 1
                    ? .loops : .pipelined(interval: 1, multipliers: nil)))
    }

    /// A row for each channel of what comes in, one after the other.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let first = TokenSchedule.Steps(1, reads: .all, writes: .all)
        let others = TokenSchedule.Steps(site.input.channels - 1, writes: .all)
        return TokenSchedule([.init(site.input.groups, [first, others])], pipeline: 12)
    }
}
