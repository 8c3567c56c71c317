public import Estimates
import FixedPoint
public import LayerKit

extension ELUOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        var element = Estimate(lut: 2 * site.input.type.width + resultType.width, ff: table.type.width)
        if let positive {
            element.occupy(Multiplier.product(positive.raw, dataBits: Multiplier.side(site.input.type), target))
        }
        if let negative {
            element.occupy(Multiplier.product(negative.raw, dataBits: Multiplier.side(table.type), target))
        }
        var result = site.elementwise(depth: 3, element, target)
        result.occupy(Memory.table(table.raw.count, bits: table.type.width, readers: site.parallel))
        return result
    }
}
