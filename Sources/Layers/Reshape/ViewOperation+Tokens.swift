public import LayerKit
public import Streams

extension ViewOperation {
    /// Where groups change their size: as many elements in each cycle as divide both.
    public func tokens(_ site: HLSSite) -> TokenSchedule {
        .regroup(site.count(), from: site.channels(), to: max(1, site.output.last ?? 1), pipeline: 4)
    }
}
