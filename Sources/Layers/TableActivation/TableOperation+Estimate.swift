public import Estimates
import FixedPoint
public import LayerKit

extension TableOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        var result = site.elementwise(
            depth: 2, Estimate(lut: 2 * site.input.type.width, ff: table.type.width), target)
        result.occupy(Memory.table(table.raw.count, bits: table.type.width, readers: site.parallel))
        return result
    }
}
