import FixedPoint
public import LayerKit
import Options
public import Streams

extension EinsumOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let plan = plan(site)
        var members: [HLSCall.Member] = [
            .size("n_in1", site.inputs[0].count), .size("n_in2", site.inputs[1].count), .size("n_out", plan.count),
            .size("n_terms", plan.offsets[0].count), .type("accum_t", accum),
        ]
        for tensor in 0..<2 {
            members.append(.index("start\(tensor + 1)", IndexMap(plan.starts[tensor])))
            members.append(.index("offset\(tensor + 1)", IndexMap(plan.offsets[tensor])))
        }
        return .call(HLSCall("einsum", header: "nnet_einsum", members: members, schedule: .loops(site)))
    }

    /// Both tensors come in whole before anything goes out.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let levels = Int.bitWidth - max(1, plan(site).offsets[0].count).leadingZeroBitCount
        let reads = site.inputs.enumerated().map { TokenSchedule.Steps($1.groups, reads: .only($0)) }
        return TokenSchedule(
            [
                .init(1, reads + [.init(1, slack: 8), .init(site.output.groups, writes: .all, slack: 0)])
            ], pipeline: 24 + 2 * levels)
    }
}
