public import Basics
public import LayerKit

extension TableActivation {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let size = try site.tableSize()
        let bounds = (low: value(-Double(range)), high: value(Double(range)))
        let type = site.rules.table(
            low: self == .tanh || self == .softsign ? -1 : 0, high: max(1, bounds.high))
        let entries = (0..<size).map { index -> Double in
            let x = 2 * Double(range) * Double(Float(index) - Float(size) / 2) / Double(Float(size))
            return tableValue(Float(x))
        }
        let table = TableOperation.quantized(entries, as: type)
        let operation = TableOperation(
            resultType: site.rules.result(inferred: type), table: table,
            rangeBits: TableOperation.log2Ceil(2 * range))
        let values = table.values
        let all = Ranges(
            low: input.ranges.low.map { _ in values.min() ?? 0 }, high: input.ranges.high.map { _ in values.max() ?? 0 }
        )
        return Lowered(operation, site, ranges: all.cast(to: operation.resultType))
    }
}
