import Basics
import FixedPoint
import LayerKit
import Options

extension TableOperation {
    /// The size of a layer's table: the stated one, or 1024.
    static func size(_ site: LoweringSite) throws(DiagnosticError) -> Int {
        let size = site.option(\.tableSize) ?? 1024
        guard (2...(1 << 20)).contains(size) else {
            throw site.error(
                "a table of \(size) entries is not possible", attribute: "table_size",
                help: "a table has between 2 and \(1 << 20) entries")
        }
        return size
    }

    /// The type of a table's entries: the stated one; hls4ml's default; natively 18 bits that cover the values.
    static func tableType(_ site: LoweringSite, low: Double, high: Double) -> FixedType {
        if let stated = site.stated(exactly: .table) { return stated }
        switch site.compat {
        case .hls4ml: return .fixed(18, 8)
        case .native:
            var type = FixedType.covering(low, high, fraction: 0)
            type = FixedType(width: 18, integer: type.integer, signed: type.signed, rounding: .rnd, overflow: .sat)
            return type
        }
    }

    static func quantized(_ entries: [Double], as type: FixedType) -> QuantizedTensor {
        QuantizedTensor(type: type, shape: [entries.count], raw: entries.map { Int64(clamping: type.quantize($0)) })
    }
}
