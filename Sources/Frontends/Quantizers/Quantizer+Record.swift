internal import FixedPoint
internal import LayerKit

extension Quantizer {
    /// What hls4ml knows of trained numbers that passed the quantizer: their type without the scale, and the scale where one is
    /// stated.
    ///
    /// - Parameters:
    ///   - scaled: the numbers with the scale that is computed of them; nil where none is.
    ///   - keepsOriginal: whether hls4ml takes the numbers as they were trained.
    func record(of numbers: Tensor, _ scaled: AutomaticScale.Scaled?, keepsOriginal: Bool) -> TrainedQuantizer {
        TrainedQuantizer(
            type: peerType, scale: statedScale(of: numbers, scaled), original: keepsOriginal ? numbers : nil)
    }

    /// The type that hls4ml holds such weights in; nil where it is none of fixed point.
    private var peerType: FixedType? {
        switch self {
        case .bits(let quantizer):
            let (bits, integer) = (quantizer.bits, quantizer.integer)
            guard bits == integer else {
                let type = FixedType.fixed(bits, integer + 1)
                return type.fault == nil ? type : nil
            }
            return bits == 1 ? .int(1, signed: false) : .int(bits)
        case .binary: return .int(1, signed: false)
        case .ternary: return .int(2)
        case .relu, .sigmoid, .tanh, .hardSwish, .powerOfTwo: return nil
        }
    }

    private var scale: QuantizerScale? {
        switch self {
        case .bits(let quantizer): quantizer.scale
        case .binary(_, let scale), .ternary(_, let scale, _): scale
        case .relu, .sigmoid, .tanh, .hardSwish, .powerOfTwo: nil
        }
    }

    private func statedScale(of numbers: Tensor, _ scaled: AutomaticScale.Scaled?) -> TrainedQuantizer.Scale? {
        switch scale {
        case .unstated, nil: return nil
        case .stated(let factors):
            guard factors.singles.contains(where: { $0 != 1 }) else { return nil }
            return TrainedQuantizer.Scale(factors: Tensor(factors.singles), isPowerOfTwo: false)
        case .automatic(let isPowerOfTwo):
            // One scale a channel, and the channels are the last axis.
            guard let scales = scaled?.scales else { return nil }
            let factors = Tensor(Array(scales.prefix(numbers.shape.last ?? 1)))
            return TrainedQuantizer.Scale(factors: factors, isPowerOfTwo: isPowerOfTwo)
        }
    }
}
