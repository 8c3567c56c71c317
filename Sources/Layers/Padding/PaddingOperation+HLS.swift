public import Estimates
internal import FixedPoint
public import LayerKit
internal import Options
public import Streams

extension PaddingOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let plane = plane(site)
        return .call(
            HLSCall(
                "pad_plane", header: "nnet_pad",
                members: plane.members + [
                    .size("groups", 1), .size("n_in", plane.channels), .size("n_out", plane.channels),
                    .size("interval", 1), .size("rows_at_once", plane.outputHeight),
                    .size("columns_at_once", plane.outputWidth), .constant("padding", site.input.type),
                ], parameters: [.init("padding", value)],
                schedule: site.io == .parallel
                    ? .pipelined(interval: 1, multipliers: nil) : .ownPipeline(interval: 1, multipliers: nil)))
    }

    public func tokens(_ site: OperationSite) -> TokenSchedule {
        WindowTokens(plane: plane(site)).pipelined(interval: 1, pipeline: 8)
    }

    /// Wires in arrays; in streams a counter and what chooses between a pixel and the constant.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        var result = Estimate(latency: 0, interval: 1)
        if site.io == .stream {
            result = ElementwiseSchedule.stream(groups: site.output.groups, depth: 1, target)
            result.ff = site.output.channels * site.output.type.width
            result.lut = result.ff
        }
        let count = site.io == .parallel ? site.output.count : site.output.channels
        result.occupy(CastCost.cast(site.input.type, resultType, target).copies(count))
        return result
    }
}
