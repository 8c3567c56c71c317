public import Basics
import FixedPoint
internal import Glibc
public import LayerKit

extension ELU {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let size = try site.tableSize()
        let type = site.rules.table(low: -2, high: 0)
        // Single precision at the places where the peer computes in it: entries are compared bit for bit.
        let entries = (0..<size).map { index -> Double in
            let x = Float(-8.0 * Double(index) / Double(Float(size)))
            let shrunk = Double(expf(x)) - 1
            switch self {
            case .elu: return Double(Float(shrunk))
            case .selu: return Double(Float(Self.seluLambda * (Self.seluAlpha * shrunk)))
            }
        }
        let table = TableOperation.quantized(entries, as: type)
        var operation: ELUOperation
        switch self {
        case .elu(let alpha):
            let constant = Constant(Double(alpha), as: site.rules.constant(Double(alpha)))
            operation = ELUOperation(
                resultType: input.type, table: table, positive: nil, negative: constant)
        case .selu:
            let gain = site.rules.gain(input: input.type, io: site.io)
            operation = ELUOperation(
                resultType: input.type, table: table, positive: Constant(Self.seluLambda, as: gain),
                negative: nil)
        }
        let gain = operation.positive?.value ?? 1, drop = operation.negative?.value ?? 1
        let floor = (table.values.min() ?? -1) * drop
        let ranges = input.ranges.mapped { $0 >= 0 ? $0 * gain : max(floor, -1e300) }
        var inferred = FixedType.covering(
            ranges.span.low, ranges.span.high + 1e-9, fraction: max(input.type.fraction, 10))
        inferred.rounding = .rnd
        operation.resultType = site.rules.result(inferred: inferred)
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType))
    }
}
