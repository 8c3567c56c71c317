public import FixedPoint
public import LayerKit

extension FakeQuantizer {
    /// An activation's grid as steps and bounds; nil where it is another: one whose elements differ, one that wraps.
    public init?(_ activation: QuantizedActivation) {
        guard case .fixed(.uniform(let type)) = activation.grid, activation.functions.isEmpty,
            activation.scale == nil, type.width > 0, type.width <= 24, !type.isInteger,
            let rounding = Rounding(type.rounding)
        else { return nil }
        switch type.overflow {
        case .sat, .satSym: break
        case .wrap, .satZero: return nil
        }
        let low = type.overflow == .satSym ? -type.rawMax * (type.signed ? 1 : 0) : type.rawMin
        self.init(
            scale: Tensor([Float(type.step)]), zeroPoint: Tensor([0]), low: Tensor([Float(low)]),
            high: Tensor([Float(type.rawMax)]), rounding: rounding)
    }

    /// The scale of what is given.
    private var resultScale: Tensor { truncation?.scale ?? scale }

    /// The quantiser without the scale of its result, and that scale for each channel; nil where the result is on a grid
    /// of powers of two, or where scales lie along another axis than the last.
    public func splittingScale(channels: Int) -> (steps: FakeQuantizer, scale: Affine)? {
        let scales = resultScale.doubles
        guard !givesSteps, scales.contains(where: { $0.significand != 1 }),
            scales.count == 1 || (scales.count == channels && resultScale.shape.last == channels)
        else { return nil }
        var steps = self
        steps.givesSteps = true
        let all = scales.count == 1 ? [Double](repeating: scales[0], count: channels) : scales
        return (steps, Affine(scale: all, bias: [Double](repeating: 0, count: channels)))
    }

    /// The quantiser behind `scale x + bias`.
    public func behind(_ affine: Affine) -> FakeQuantizer {
        var result = self
        result.input = input.map { affine.followed(by: $0) } ?? affine
        return result
    }

    /// The quantiser with a rectifier in front of it: what is below zero becomes the step of zero. Nil where the rectifier
    /// cannot be said so.
    public var rectifying: FakeQuantizer? {
        guard rounding != .sign, input == nil, truncation == nil, let low, zeroPoint.count == 1, low.count == 1,
            zeroPoint.doubles[0] == zeroPoint.doubles[0].rounded()
        else { return nil }
        var result = self
        result.low = Tensor([max(low.singles[0], zeroPoint.singles[0])])
        return result
    }

    /// The least and the largest number that counts before what comes in is bounded, and the smallest distance between
    /// two steps; nil where it has no bounds.
    public func reach(in shape: Shape) -> (low: Double, high: Double, step: Double)? {
        var result = (low: Double.infinity, high: -Double.infinity, step: Double.infinity)
        for channel in channels(in: shape) {
            guard let low = channel.low, let high = channel.high, channel.factor != 0 else { return nil }
            let ends = [low - 1, high + 1].map {
                (($0 * channel.divisor - channel.zero) * channel.scale - channel.offset) / channel.factor
            }
            result.low = min(result.low, ends[0], ends[1])
            result.high = max(result.high, ends[0], ends[1])
            result.step = min(result.step, abs(channel.scale / channel.factor))
        }
        return result.low.isFinite && result.high.isFinite ? result : nil
    }

    /// A scale and the type of the whole steps, where quantising is a product and a cast; nil elsewhere.
    public func asScaledCast(channels: Int) -> (scale: Affine, type: FixedType)? {
        guard givesSteps, input == nil, zeroPoint.doubles.allSatisfy({ $0 == 0 }),
            scale.count == 1 || scale.count == channels
        else { return nil }
        var steps = self
        steps.scale = Tensor([1])
        guard case .uniform(let type)? = steps.castTypes(in: [channels]) else { return nil }
        let factors = scale.singles.map { 1 / $0 }
        let all = factors.count == 1 ? [Float](repeating: factors[0], count: channels) : factors
        return (Affine(scale: Tensor(all), bias: Tensor([Float](repeating: 0, count: channels))), type)
    }
}
