public import FixedPoint
public import LayerKit
import Options

/// `x >= 0`: the exact product with `positive` (or x itself), cast; `x < 0`: the exact product of `negative` (or 1) and
/// the table's entry `min(trunc0(-x N / 2^rangeBits), N - 1)`, cast. N: the table's size.
public struct ELUOperation: DesignOperation {
    public var resultType: FixedType
    /// `e^x - 1` (times SELU's factors), entry i for `-x` from `2^rangeBits i / N` on.
    public var table: QuantizedTensor
    /// log2 of what the table covers below 0.
    public var rangeBits: Int
    /// Factor of the positive branch; nil: 1.
    public var positive: Constant?
    /// Factor of the negative branch; nil: 1.
    public var negative: Constant?

    public static let key = "elu"
    public static let kernels: Set<String> = ["elu", "selu"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("elu", tables: [.init(.table, table.type)]) }

    public func wordBits(_ site: OperationSite) -> Int {
        func product(_ type: FixedType, _ factor: Constant?) -> FixedType {
            FixedType(
                width: type.width + (factor?.type.width ?? 0) + 1,
                integer: type.integer + (factor?.type.integer ?? 0) + 1)
        }
        let index = site.input.type.width + TableOperation.log2Ceil(table.raw.count) + 2
        return max(
            index, product(site.input.type, positive).bitsToCast(to: resultType),
            product(table.type, negative).bitsToCast(to: resultType))
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count
        let fraction = site.input.type.fraction
        let gain = positive.map { W($0.raw) } ?? 1
        let pass = Cast<W>(fromFraction: fraction + (positive?.type.fraction ?? 0), to: resultType)
        let low = Cast<W>(fromFraction: table.type.fraction + (negative?.type.fraction ?? 0), to: resultType)
        let factor = negative.map { W($0.raw) } ?? 1
        let entries = table.raw.map { low(W($0) &* factor) }
        let last = W(entries.count - 1), rangeBits = rangeBits
        let size = W(entries.count)
        return { inputs, outputs in
            let input = inputs[0], output = outputs[0]
            for index in 0..<count {
                let x = input[index]
                if x >= 0 {
                    output[index] = pass(x &* gain)
                } else {
                    // -x is positive, so dropping its fraction truncates toward zero.
                    let place = TableOperation.shifted((0 &- x) &* size, fraction + rangeBits)
                    output[index] = entries[Int(min(place, last))]
                }
            }
        }
    }
}
