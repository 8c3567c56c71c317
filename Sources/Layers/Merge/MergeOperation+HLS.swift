import FixedPoint
public import LayerKit
import Options
public import Streams

extension MergeOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let sizes = site.inputs.enumerated().map { HLSCall.Member.size("n_in\($0 + 1)", $1.count) }
        let places = site.inputs.enumerated().map { index, input in
            HLSCall.Member.index("place\(index + 1)", IndexMap(Strides.places(of: input.shape, in: site.output.shape)))
        }
        let held = site.inputs.enumerated().map { index, input in
            HLSCall.Member.flag("holds\(index + 1)", isHeld(input, site))
        }
        return .call(
            HLSCall(
                "merge", header: "nnet_merge",
                members: sizes + [
                    .size("n_out", site.output.count), .policy("function", "nnet::merge_\(kind.rawValue)"),
                ]
                    + places + held))
    }

    /// Whether a tensor comes whole before the first element is made: in a stream, where its groups are not those of the
    /// result.
    private func isHeld(_ input: TensorSpec, _ site: OperationSite) -> Bool {
        site.io == .stream && input.shape != site.output.shape
    }

    /// A token of each tensor in, one out; what is held comes first.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let held = site.inputs.map { isHeld($0, site) }
        var steps: [TokenSchedule.Steps] = []
        for (index, input) in site.inputs.enumerated() where held[index] {
            steps.append(.init(input.groups, reads: .only(index)))
        }
        let reads: TokenSchedule.Ports =
            switch (held[0], held[1]) {
            case (false, false): .all
            case (true, false): .only(1)
            case (false, true): .only(0)
            case (true, true): .none
            }
        steps.append(.init(site.output.groups, reads: reads, writes: .all))
        return TokenSchedule([.init(1, steps)], pipeline: kind == .multiply ? 20 : 8)
    }
}
