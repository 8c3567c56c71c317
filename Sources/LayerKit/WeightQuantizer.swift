public import FixedPoint
internal import Arrays
internal import Glibc

/// How trained numbers become integers of the firmware.
public enum WeightQuantizer {
    /// What of a trained number is quantised.
    public enum Source: Hashable, Sendable {
        /// The number.
        case value
        /// Decimal text of it, with as many digits as the type has fractional bits: `floor(round10(w, F) * 2^F)` for a
        /// truncating type.
        case text
    }

    /// Quantises every value with the type's own rounding and overflow.
    public static func quantize(_ tensor: Tensor, as type: FixedType, from source: Source) -> QuantizedTensor {
        let raw = tensor.numbers.mapDoubles { Int64(clamping: quantize($0, as: type, source)) }
        return QuantizedTensor(type: type, shape: tensor.shape, raw: raw)
    }

    /// Quantises every value with the type of its own place. Precondition: the types fit the tensor's shape.
    public static func quantize(_ tensor: Tensor, as types: ElementTypes, from source: Source) -> QuantizedTensor {
        if case .uniform(let type) = types { return quantize(tensor, as: type, from: source) }
        let storage = types.storage
        let raw = zip(tensor.doubles, types.all(in: tensor.shape)).map { value, type -> Int64 in
            guard type.width > 0 else { return 0 }
            return Int64(clamping: quantize(value, as: type, source) << Int128(type.lift(to: storage)))
        }
        return QuantizedTensor(types: types, shape: tensor.shape, raw: raw)
    }

    private static func quantize(_ value: Double, as type: FixedType, _ source: Source) -> Int128 {
        switch source {
        case .value: type.quantize(value)
        case .text: type.quantize(throughText(value, digits: type.isInteger ? 0 : type.fraction))
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
