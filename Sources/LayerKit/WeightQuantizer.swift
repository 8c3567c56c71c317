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
        let raw = tensor.doubles.map { Int64(clamping: quantize($0, as: type, compat)) }
        return QuantizedTensor(type: type, shape: tensor.shape, raw: raw)
    }

    /// Quantises every value with the type of its own place. Precondition: the types fit the tensor's shape.
    public static func quantize(_ tensor: Tensor, as types: ElementTypes, compat: Compat) -> QuantizedTensor {
        if case .uniform(let type) = types { return quantize(tensor, as: type, compat: compat) }
        let fraction = types.storage.fraction
        let raw = zip(tensor.doubles, types.all(in: tensor.shape)).map { value, type -> Int64 in
            guard type.width > 0 else { return 0 }
            return Int64(clamping: quantize(value, as: type, compat) << Int128(fraction - type.fraction))
        }
        return QuantizedTensor(types: types, shape: tensor.shape, raw: raw)
    }

    private static func quantize(_ value: Double, as type: FixedType, _ compat: Compat) -> Int128 {
        switch compat {
        case .native: type.quantize(value)
        case .hls4ml: type.quantize(throughText(value, digits: type.isInteger ? 0 : type.fraction))
        }
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
