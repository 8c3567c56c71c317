internal import Basics
import FixedPoint
public import LayerKit
import Options
public import Streams

extension ReductionOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let plan = plan(site.input.shape)
        var members: [HLSCall.Member] = [
            .size("n_in", site.input.count), .size("n_out", site.output.count), .size("n_terms", plan.offsets.count),
            .type("accum_t", accumulator(site.input.type)), .policy("function", "nnet::reduce_\(kind.rawValue)"),
        ]
        if site.io == .parallel || !isByPosition(site) {
            members += [.index("start", IndexMap(plan.starts)), .index("offset", IndexMap(plan.offsets))]
        }
        if site.io == .stream {
            members.append(.policy("way", isByPosition(site) ? "nnet::reduce_positions" : "nnet::reduce_held"))
        }
        return .call(HLSCall("reduce", header: "nnet_reduce", members: members, schedule: .loops(site)))
    }

    /// Whether each channel is brought together over all positions, as they come.
    private func isByPosition(_ site: OperationSite) -> Bool {
        axes == Array(site.input.shape.indices.dropLast()) && site.output.channels == site.input.channels
    }

    /// All comes in before anything goes out.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let levels = Int.bitWidth - site.input.count.leadingZeroBitCount
        // A quotient takes a cycle for every bit.
        let slack = 16 + 2 * levels + (kind == .mean ? 2 * accumulator(site.input.type).width : 0)
        return TokenSchedule(
            [
                .init(
                    1,
                    [
                        .init(site.input.groups, reads: .all), .init(1, slack: slack),
                        .init(site.output.groups, writes: .all),
                    ])
            ], pipeline: isByPosition(site) ? 0 : slack)
    }
}
