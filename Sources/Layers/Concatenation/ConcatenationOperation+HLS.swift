import FixedPoint
public import LayerKit
import Options
public import Streams

extension ConcatenationOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let runs = runs(site)
        return .call(
            HLSCall(
                "concatenate", header: "nnet_concatenate",
                members: [
                    .size("n_run1", runs[0]), .size("n_run2", runs[1]), .size("n_blocks", blocks(site)),
                    .flag("by_channel", isByChannel(site)),
                ]))
    }

    /// Whether each group of the result is made of one of each tensor.
    private func isByChannel(_ site: OperationSite) -> Bool { axis == site.output.shape.count - 1 }

    /// One token of each in and one out; or the tokens of one, then those of the other.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        if isByChannel(site) { return .elementwise(site.output.groups, pipeline: 4) }
        let steps = zip(runs(site), site.inputs).enumerated().map { index, tensor in
            TokenSchedule.Steps(tensor.0 / tensor.1.channels, reads: .only(index), writes: .all)
        }
        return TokenSchedule([.init(blocks(site), steps)], pipeline: 4)
    }
}
