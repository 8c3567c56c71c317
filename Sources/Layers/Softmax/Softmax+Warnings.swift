import Basics
import FixedPoint
internal import Glibc
import LayerKit
import Options

/// Natively nothing is coarser than its result shows without a word.
extension Softmax {
    /// A result that shows the error of the tables of a softmax that subtracts the maximum.
    func coarse(_ tables: OwnTables, _ site: LoweringSite, _ result: FixedType) -> [Diagnostic] {
        let error = tables.error.bound
        guard error > result.step else { return [] }
        let places = FunctionTable.places(error, atMost: result.fraction)
        var help = "state a result with \(places) bits behind the point"
        if let more = sufficient(site, for: result) {
            help =
                "state 'exp_table_size: \(1 << more.exp)' and 'inv_table_size: \(1 << more.inverse)', or a result with "
                + "\(places) bits behind the point"
        }
        return [
            site.warning(
                "its tables of \(tables.sizes.text) give probabilities that are off by up to "
                    + "\(FunctionTable.short(error)), and \(result) shows \(FunctionTable.short(result.step))",
                attribute: "precision", help: help)
        ]
    }

    /// The same for the two that hls4ml had before.
    func coarse(_ method: SoftmaxOperation.Method, _ site: LoweringSite, _ result: FixedType) -> [Diagnostic] {
        switch method {
        case .stable, .scaled, .argmax: []
        case .latency(let tables): coarse(tables, site, result)
        case .legacy(_, let inverse): coarseSums(64 / Double(inverse.raw.count), site, result)
        }
    }

    /// Reciprocals are those of the lower ends of the sums' bins: of a sum of 1, where one class has all, most is lost.
    private func coarseSums(_ bin: Double, _ site: LoweringSite, _ result: FixedType) -> [Diagnostic] {
        let error = bin / (1 + bin)
        guard error > result.step else { return [] }
        return [
            site.warning(
                "softmax of one sum a class ('legacy'): sums are looked up in steps of \(FunctionTable.short(bin)), and "
                    + "probabilities are off by up to \(FunctionTable.short(error)), which \(result) shows",
                attribute: "implementation", help: "state 'implementation: stable'")
        ]
    }

    /// What a softmax that does not subtract the maximum cannot do: exponentials of all arguments are in one table.
    private func coarse(
        _ tables: SoftmaxOperation.Tables, _ site: LoweringSite, _ result: FixedType
    ) -> [Diagnostic] {
        let input = site.inputs[0].type, bits = TableOperation.log2Ceil(tables.exp.raw.count)
        let step = input.step * pow(2, Double(max(0, input.width - bits)))
        let largest = tables.exp.type.value(tables.exp.type.rawMax), highest = site.inputs[0].ranges.span.high
        let help = "state 'implementation: stable', whose tables begin at the largest argument"
        if highest > log(largest) {
            return [
                site.warning(
                    "softmax without its maximum ('latency'): exponentials of more than "
                        + "\((log(largest) * 100).rounded() / 100) are cut off at \(largest)",
                    attribute: "implementation", help: help)
            ]
        }
        // Entries are those of the lower ends of their steps; a probability errs most where it is a half.
        let error = (exp(step) - 1) / 4
        guard error > result.step else { return [] }
        return [
            site.warning(
                "softmax without its maximum ('latency'): its table has a step of \(step), and probabilities that are off "
                    + "by up to \((error * 1e4).rounded() / 1e4), which \(result) shows",
                attribute: "implementation", help: help)
        ]
    }

}
