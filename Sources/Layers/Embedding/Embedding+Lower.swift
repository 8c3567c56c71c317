public import Basics
import FixedPoint
public import LayerKit
import Options

extension Embedding {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let rules = site.rules, input = site.inputs[0]
        let quantized = rules.quantized(table, .embeddings)
        let operation = EmbeddingOperation(
            table: quantized, resultType: rules.stated(.result) ?? quantized.type)
        let values = quantized.values, width = operation.width
        // Whatever the row is, a column of the table bounds its place.
        var low = [Double](repeating: .infinity, count: width), high = low.map { -$0 }
        for (index, value) in values.enumerated() {
            low[index % width] = min(low[index % width], value)
            high[index % width] = max(high[index % width], value)
        }
        let columns = Ranges(low: low, high: high), elements = input.shape.elementCount
        let ranges = Ranges(
            low: (0..<elements).flatMap { _ in columns.low }, high: (0..<elements).flatMap { _ in columns.high })
        return Lowered(
            operation, site,
            ranges: operation.resultType == quantized.type ? ranges : ranges.cast(to: operation.resultType),
            warnings: unreachable(site).map { [$0] } ?? [])
    }

    /// That the type of what comes in is too small to name every row.
    private func unreachable(_ site: LoweringSite) -> Diagnostic? {
        let type = site.inputs[0].type, last = table.shape[0] - 1
        guard type.maximum < Double(last) else { return nil }
        let bits = Int.bitWidth - last.leadingZeroBitCount
        return site.warning(
            "what comes in is \(type), which cannot hold \(last), the number of the table's last row",
            help: "state 'uint<\(bits)>' as the result of the input")
    }
}
