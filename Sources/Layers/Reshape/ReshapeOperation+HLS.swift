public import LayerKit
public import Streams

extension ReshapeOperation {
    public func hls(_ site: OperationSite) -> HLSForm { .view }

    /// Where groups change their size: as many elements in each cycle as divide both.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        .regroup(site.input.count, from: site.input.channels, to: site.output.channels, pipeline: 4)
    }
}
