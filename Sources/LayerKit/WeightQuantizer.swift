public import FixedPoint
public import Options
internal import Glibc

/// How trained numbers become integers of the firmware.
public enum WeightQuantizer {
    /// Quantises every value with the type's own rounding and overflow.
    ///
    /// Under `compat: hls4ml` a value first becomes decimal text with as many digits as the type has fractional bits,
    /// and the text is what is quantised: `floor(round10(w, F) * 2^F)` for a truncating type. Away from it the value
    /// is quantised directly.
    public static func quantize(_ tensor: Tensor, as type: FixedType, compat: Compat) -> QuantizedTensor {
        let raw = tensor.doubles.map { value -> Int64 in
            switch compat {
            case .native: Int64(clamping: type.quantize(Double(value)))
            case .hls4ml:
                Int64(clamping: type.quantize(throughText(Double(value), digits: type.isInteger ? 0 : type.fraction)))
            }
        }
        return QuantizedTensor(type: type, shape: tensor.shape, raw: raw)
    }

    /// The value of `value` written with `digits` decimals (none where `digits` is negative).
    static func throughText(_ value: Double, digits: Int) -> Double {
        guard value.isFinite else { return value }
        var buffer = [CChar](repeating: 0, count: 512)
        let length = withVaList([Int32(clamping: max(0, digits)), value]) {
            vsnprintf(&buffer, buffer.count, "%.*f", $0)
        }
        // Longer than any float32 with the digits a type can ask for: only for widths the firmware refuses anyway.
        guard length > 0, length < buffer.count else { return value }
        return strtod(buffer, nil)
    }
}
