public import FixedPoint
public import LayerKit
import Options

/// `y = result(table[clamp(the place of x, 0, N - 1)])`, N being the table's size.
public struct TableOperation: DesignOperation {
    public var resultType: FixedType
    public var table: QuantizedTensor
    public var place: Place

    /// Where in the table the value of an argument stands.
    public enum Place: Hashable, Sendable, Codable {
        /// `trunc0(x N / 2^rangeBits) + N / 2`: the table covers as much below 0 as above, and its middle entry serves
        /// both sides of it.
        case centred(rangeBits: Int)
        /// `floor(x / 2^stepBits) - first`: an entry for each bin of that width, from any bin on.
        case binned(first: Int, stepBits: Int)
    }

    public static let key = "table"
    public static let kernels: Set<String> = ["table_activation", "table_lookup"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("table", tables: [.init(.table, table.type)]) }

    public func wordBits(_ site: OperationSite) -> Int {
        let input = site.input.type.width, cast = table.type.bitsToCast(to: resultType)
        switch place {
        case .centred: return max(input + Self.log2Ceil(table.raw.count) + 2, cast)
        case .binned(let first, _):
            return max(max(input, Int.bitWidth - first.magnitude.leadingZeroBitCount) + 2, cast)
        }
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count
        let cast = Cast<W>(fromFraction: table.type.fraction, to: resultType)
        let entries = table.raw.map { cast(W($0)) }
        let last = W(entries.count - 1)
        switch place {
        case .centred(let rangeBits):
            let size = W(entries.count), half = W(entries.count / 2)
            let drop = site.input.type.fraction + rangeBits
            return { inputs, outputs in
                let input = inputs[0], output = outputs[0]
                for index in 0..<count {
                    let scaled = input[index] &* size
                    // Toward zero: the magnitude is shifted, then the sign put back.
                    let place = scaled < 0 ? 0 &- Self.shifted(0 &- scaled, drop) : Self.shifted(scaled, drop)
                    output[index] = entries[Int(max(0, min(last, place &+ half)))]
                }
            }
        case .binned(let first, let stepBits):
            let first = W(first), drop = W(max(0, min(W.bitWidth - 1, site.input.type.fraction + stepBits)))
            return { inputs, outputs in
                let input = inputs[0], output = outputs[0]
                for index in 0..<count {
                    // A shift to the right rounds down.
                    output[index] = entries[Int(max(0, min(last, (input[index] >> drop) &- first)))]
                }
            }
        }
    }

    /// `value / 2^bits`, the fraction dropped; `value` is not negative. What would leave the word is half of the largest
    /// number: far outside of any table, and half a table can still be added.
    static func shifted<W: Word>(_ value: W, _ bits: Int) -> W {
        if bits >= W.bitWidth { return 0 }
        if bits >= 0 { return value >> W(bits) }
        // To the left only for types without fraction.
        return -bits >= value.leadingZeroBitCount - 1 ? (value == 0 ? 0 : .max / 2) : value << W(-bits)
    }

    static func log2Ceil(_ value: Int) -> Int { value <= 1 ? 0 : Int.bitWidth - (value - 1).leadingZeroBitCount }
}
