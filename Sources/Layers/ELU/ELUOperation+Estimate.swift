public import Estimates
import FixedPoint
public import LayerKit

extension ELUOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        var element = Estimate(lut: 2 * site.input.type.width + resultType.width, ff: table.type.width)
        if let positive {
            element.occupy(Multiplier.product(positive.raw, dataBits: site.input.type.width, target))
        }
        if let negative { element.occupy(Multiplier.product(negative.raw, dataBits: table.type.width, target)) }
        var result = site.elementwise(depth: 3, element, target)
        result.occupy(Memory.table(table.raw.count, bits: table.type.width, readers: site.parallel))
        return result
    }
}
