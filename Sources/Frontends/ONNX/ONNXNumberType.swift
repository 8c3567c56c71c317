internal import Arrays
internal import Basics
internal import LayerKit

/// How ONNX stores a tensor's numbers, by the code of the type.
enum ONNXNumberType {
    /// Numbers that take whole bytes.
    case whole(ElementType)
    /// Integers of 4 or 2 bits, the first in the lowest bits of a byte.
    case packed(bits: Int, signed: Bool)
    /// Real numbers of 8 bits or 4: a sign, an exponent and the rest.
    case small(SmallFloat)

    init(code: Int32) throws(LayerError) {
        switch code {
        case 1: self = .whole(.float32)
        case 2: self = .whole(.uint8)
        case 3: self = .whole(.int8)
        case 4: self = .whole(.uint16)
        case 5: self = .whole(.int16)
        case 6: self = .whole(.int32)
        case 7: self = .whole(.int64)
        case 9: self = .whole(.bool)
        case 10: self = .whole(.float16)
        case 11: self = .whole(.float64)
        case 12: self = .whole(.uint32)
        case 13: self = .whole(.uint64)
        case 16: self = .whole(.bfloat16)
        case 17: self = .small(.e4m3fn)
        case 18: self = .small(.e4m3fnuz)
        case 19: self = .small(.e5m2)
        case 20: self = .small(.e5m2fnuz)
        case 21: self = .packed(bits: 4, signed: false)
        case 22: self = .packed(bits: 4, signed: true)
        case 23: self = .small(.e2m1)
        case 24: self = .small(.e8m0)
        case 25: self = .packed(bits: 2, signed: false)
        case 26: self = .packed(bits: 2, signed: true)
        default:
            throw LayerError(
                "its numbers are of type \(code), which is not supported",
                help: "texts and complex numbers are not read")
        }
    }

    /// The type that stands for it once it is read.
    var element: ElementType {
        switch self {
        case .whole(let element): element
        case .packed(_, let signed): signed ? .int8 : .uint8
        case .small: .float32
        }
    }

    /// Of one number in the file.
    var bits: Int {
        switch self {
        case .whole(let element): 8 * element.size
        case .packed(let bits, _): bits
        case .small(let float): float.bits
        }
    }

    /// The bytes that so many numbers take.
    func size(of count: Int) -> Int {
        let perByte = max(1, 8 / bits)
        return perByte == 1 ? Count.times(count, bits / 8) : Count.ratio(count, perByte)
    }

    /// The numbers of bits that lie one behind the other, in bytes that are enough.
    func numbers(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(Numbers.Failure) -> Numbers {
        let bits = bits
        func word(_ index: Int) -> UInt8 {
            let place = index * bits
            return (bytes[place / 8] >> UInt8(place % 8)) & UInt8((1 << bits) - 1)
        }
        switch self {
        case .whole(let element): return try Numbers(bytes: bytes, count: count, as: element)
        case .packed(let bits, let signed):
            return .int64(
                (0..<count).map { index in
                    let value = Int64(word(index))
                    return signed && value >= 1 << (bits - 1) ? value - (1 << bits) : value
                })
        case .small(let float): return .float32((0..<count).map { float.value(of: word($0)) })
        }
    }
}

/// Real numbers of at most 8 bits (Micikevicius et al. 2022, and the OCP formats for microscaling).
enum SmallFloat {
    case e4m3fn, e4m3fnuz, e5m2, e5m2fnuz, e2m1, e8m0

    var bits: Int { self == .e2m1 ? 4 : 8 }

    private var mantissa: Int {
        switch self {
        case .e4m3fn, .e4m3fnuz: 3
        case .e5m2, .e5m2fnuz: 2
        case .e2m1: 1
        case .e8m0: 0
        }
    }

    /// What is taken off the exponent.
    private var bias: Int {
        switch self {
        case .e4m3fn: 7
        case .e4m3fnuz: 8
        case .e5m2: 15
        case .e5m2fnuz: 16
        case .e2m1: 1
        case .e8m0: 127
        }
    }

    func value(of word: UInt8) -> Float {
        if self == .e8m0 { return word == 255 ? .nan : Float(sign: .plus, exponent: Int(word) - bias, significand: 1) }
        let isNegative = word >> UInt8(bits - 1) == 1, magnitude = Int(word) & ((1 << (bits - 1)) - 1)
        let exponent = magnitude >> mantissa, rest = magnitude & ((1 << mantissa) - 1)
        switch self {
        case .e4m3fnuz, .e5m2fnuz: if isNegative, magnitude == 0 { return .nan }
        case .e4m3fn: if magnitude == 127 { return .nan }
        case .e5m2: if exponent == 31 { return rest == 0 ? (isNegative ? -.infinity : .infinity) : .nan }
        case .e2m1, .e8m0: break
        }
        let steps = exponent == 0 ? rest : rest + (1 << mantissa)
        let value = Float(sign: .plus, exponent: max(exponent, 1) - bias - mantissa, significand: 1) * Float(steps)
        return isNegative ? -value : value
    }
}
