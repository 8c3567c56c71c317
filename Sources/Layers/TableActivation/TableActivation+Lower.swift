public import Basics
import FixedPoint
public import LayerKit
import Options

extension TableActivation {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        var warnings: [Diagnostic] = []
        let operation: TableOperation
        switch site.compat {
        case .native: operation = try native(site, &warnings)
        case .hls4ml: operation = try peer(site)
        }
        let values = operation.table.values
        let all = Ranges(
            low: input.ranges.low.map { _ in values.min() ?? 0 }, high: input.ranges.high.map { _ in values.max() ?? 0 }
        )
        return Lowered(operation, site, ranges: all.cast(to: operation.resultType), warnings: warnings)
    }

    /// Bins over what can come in, as narrow as the result can show.
    private func native(_ site: LoweringSite, _ warnings: inout [Diagnostic]) throws(DiagnosticError) -> TableOperation
    {
        let type = site.inputs[0].type, span = site.inputs[0].ranges.span
        let low = max(type.minimum, min(span.low, type.maximum)), high = max(low, min(span.high, type.maximum))
        let table = site.rules.table(
            low: self == .tanh || self == .softsign ? -1 : 0, high: max(1, self == .softplus ? value(high) : 1))
        let stated = site.rules.stated(.result), size = try site.tableSize()
        let found = FunctionTable(
            BinnedFunction(low: low, high: high, step: type.step, value: value), as: table,
            size: site.option(\.tableSize).map { _ in size }, step: stated?.step)
        var result = table
        result.width = table.integer + max(1 - table.integer, found.places(atMost: table.fraction))
        if let stated { warnings += found.warning(stated, site).map { [$0] } ?? [] }
        return TableOperation(
            resultType: stated ?? result, table: found.table,
            place: .binned(first: found.bins.first, stepBits: found.bins.stepBits))
    }

    /// As the peer fills its tables: entry i is the function of the lower end of [-range, range)'s part i.
    private func peer(_ site: LoweringSite) throws(DiagnosticError) -> TableOperation {
        let size = try site.tableSize()
        let type = site.rules.table(low: 0, high: 0)
        let entries = (0..<size).map { index -> Double in
            let x = 2 * Double(range) * Double(Float(index) - Float(size) / 2) / Double(Float(size))
            return tableValue(Float(x))
        }
        return TableOperation(
            resultType: site.rules.result(inferred: type), table: TableOperation.quantized(entries, as: type),
            place: .centred(rangeBits: TableOperation.log2Ceil(2 * range)))
    }
}
