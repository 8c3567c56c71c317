internal import FixedPoint
public import LayerKit

extension ELUOperation {
    public func fault(_ site: OperationSite) -> String? {
        // A range whose parts are narrower than the input's last place, or that is wider than the input's.
        let narrowest = TableOperation.log2Ceil(table.raw.count) - max(16, site.input.type.fraction)
        guard (min(0, narrowest)...max(16, site.input.type.integer)).contains(rangeBits) else {
            return "has a table of a range of 2^\(rangeBits)"
        }
        return TableOperation.fault(of: table, site)
    }
}
