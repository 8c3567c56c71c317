internal import Basics
internal import LayerKit

/// A quantizer of QKeras 0.9.0 as it computes at inference, where nothing of it is left to chance.
enum Quantizer: Hashable {
    case bits(QuantizedBits)
    case relu(QuantizedReLU)
    case binary(zeroOne: Bool, scale: QuantizerScale)
    case ternary(threshold: Float?, scale: QuantizerScale, unrolls: Int)
    case sigmoid(bits: Int, symmetric: Bool, real: Bool)
    case tanh(bits: Int, symmetric: Bool, real: Bool)
    case hardSwish(QuantizedBits, shift: Float, bound: Float)
    case powerOfTwo(QuantizedPowerOfTwo)
}

/// `integer` bits before the binary point besides the sign; `bits` in all.
struct QuantizedBits: Hashable {
    var bits: Int
    var integer: Int
    /// Whether the least value is minus the largest.
    var symmetric: Bool
    var keepsNegative: Bool
    var scale: QuantizerScale
    /// The axis of the channels that an automatic scale is computed for; nil: the last.
    var scaleAxis: Int?

    /// One bit is a sign and nothing else.
    var isSign: Bool { bits == 1 && keepsNegative }
}

struct QuantizedReLU: Hashable {
    var bits: Int
    var integer: Int
    var slope: Float
    /// Values above count as this; nil: what the bits can hold is all that bounds them.
    var bound: Float?
}

struct QuantizedPowerOfTwo: Hashable {
    var exponents: ClosedRange<Int>
    var maximum: Float?
    var floors: Bool
    var squares: Bool
    /// Nil: of both signs.
    var slope: Float?
}
