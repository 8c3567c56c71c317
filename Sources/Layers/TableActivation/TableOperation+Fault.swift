internal import FixedPoint
public import LayerKit

extension TableOperation {
    public func fault(_ site: OperationSite) -> String? {
        switch place {
        case .centred(let rangeBits):
            guard (0...16).contains(rangeBits) else { return "has a table of a range of 2^\(rangeBits)" }
        case .binned(let first, let stepBits):
            let input = site.input.type
            guard first.magnitude <= 1 << 30 else { return "has a table that begins at bin \(first)" }
            guard stepBits >= -input.fraction, stepBits <= input.integer else {
                return "has a table of bins of 2^\(stepBits) for an input of type \(input)"
            }
        }
        return Self.fault(of: table, site)
    }

    /// Why an activation cannot be looked up in a table.
    static func fault(of table: QuantizedTensor, _ site: OperationSite) -> String? {
        guard (2...(1 << 20)).contains(table.raw.count) else { return "has a table of \(table.raw.count) entries" }
        guard site.output.count == site.input.count else { return "gives another number of elements than it reads" }
        return nil
    }
}
