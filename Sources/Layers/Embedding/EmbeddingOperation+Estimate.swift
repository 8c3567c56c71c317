internal import Basics
public import Estimates
internal import FixedPoint
public import LayerKit
internal import Options

extension EmbeddingOperation {
    /// An index and a look-up: all elements at once in arrays, one in each cycle in a stream.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let readers = site.io == .parallel ? site.input.count : 1
        var result = Estimate(latency: 2, interval: 1)
        if site.io == .stream { result = ElementwiseSchedule.stream(groups: site.input.count, depth: 2, target) }
        result.occupy(Memory.table(rows, bits: Count.times(width, table.type.width), readers: readers))
        let word = Count.times(width, resultType.width)
        result.occupy(Estimate(lut: 2 * site.input.type.width, ff: word).copies(readers))
        return result
    }
}
