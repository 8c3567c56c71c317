internal import FixedPoint
public import LayerKit

extension SoftmaxOperation {
    public func fault(_ site: OperationSite) -> String? {
        guard site.output.count == site.input.count else { return "gives another number of elements than it reads" }
        switch method {
        case .stable(_, let tables), .latency(let tables): return Self.fault(tables.exp) ?? Self.fault(tables.inverse)
        case .scaled(_, let exp, let accum, let growth, let inverse):
            guard (0...32).contains(growth), accum.integer - (accum.signed ? 1 : 0) > growth,
                TableOperation.log2Ceil(inverse.raw.count) <= accum.fraction
            else { return "has a sum of type \(accum) that may grow to 2^\(growth + 1)" }
            return Self.fault(exp) ?? Self.fault(inverse)
        case .legacy(let exp, let inverse): return Self.fault(exp) ?? Self.fault(inverse)
        case .argmax: return nil
        }
    }

    /// Leading bits address a power of two.
    private static func fault(_ table: QuantizedTensor) -> String? {
        let count = table.raw.count
        return count > 0 && count <= 1 << 20 && count & (count - 1) == 0 ? nil : "has a table of \(count) entries"
    }
}
