internal import FixedPoint
public import LayerKit

/// What a quantiser does to one element, in double precision: its decision between two steps is the one of exact
/// arithmetic for every input that a fixed-point type of up to 30 bits holds.
struct QuantizerChannel: Hashable, Sendable {
    /// What was computed of the element before it was quantised: `factor x + offset`.
    var factor = 1.0
    var offset = 0.0
    var scale: Double
    var zero: Double
    var low: Double?
    var high: Double?
    var divisor = 1.0
    var isTruncation = false
    var resultScale: Double
    var resultZero: Double
    var rounding: FakeQuantizer.Rounding

    func callAsFunction(_ x: Double) -> Double {
        var steps = (factor * x + offset) / scale + zero
        if isTruncation { steps = steps.rounded(.toNearestOrEven) / divisor }
        if let high { steps = min(steps, high) }
        if let low { steps = max(steps, low) }
        return (rounding(steps) - resultZero) * resultScale
    }

    /// The straight line that the steps follow, as a factor and an offset.
    var line: (factor: Double, offset: Double) {
        let unit = resultScale / divisor
        return (factor / scale * unit, (offset / scale + zero) * unit - resultZero * resultScale)
    }
}

extension FakeQuantizer {
    /// One channel where all elements are quantised alike, one for each place of the last axis where only they differ,
    /// else one for each element.
    func channels(in shape: Shape) -> [QuantizerChannel] {
        let all = parameters + [input?.scale, input?.bias].compactMap(\.self)
        let last = shape.last ?? 1
        let count: Int
        if all.allSatisfy({ $0.count == 1 }) {
            count = 1
        } else if all.allSatisfy({ $0.count == 1 || ($0.count == last && $0.shape.last == last) }) {
            count = last
        } else {
            count = shape.elementCount
        }
        func spread(_ tensor: Tensor?) -> [Double]? {
            guard let values = tensor?.doubles else { return nil }
            if values.count == count { return values }
            if values.count == 1 { return [Double](repeating: values[0], count: count) }
            return Merge.places(of: tensor?.shape ?? [], in: shape)?.map { values[$0] } ?? values
        }
        let scales = spread(scale) ?? [], zeros = spread(zeroPoint) ?? []
        let lows = spread(low), highs = spread(high), factors = spread(input?.scale), offsets = spread(input?.bias)
        let divisors = spread(truncation?.divisor)
        let resultScales = spread(truncation?.scale) ?? scales, resultZeros = spread(truncation?.zeroPoint) ?? zeros
        return (0..<count).map { c in
            QuantizerChannel(
                factor: factors?[c] ?? 1, offset: offsets?[c] ?? 0, scale: scales[c], zero: zeros[c], low: lows?[c],
                high: highs?[c], divisor: divisors?[c] ?? 1, isTruncation: truncation != nil,
                resultScale: givesSteps ? 1 : resultScales[c], resultZero: resultZeros[c], rounding: rounding)
        }
    }

    /// The types that the elements are cast to, where quantising is no more than that: each scale a power of two, no
    /// zero point, the bounds those of a type.
    public func castTypes(in shape: Shape) -> ElementTypes? {
        guard input == nil, truncation == nil else { return nil }
        var types: [FixedType] = []
        for channel in channels(in: shape) {
            guard let type = channel.castType else { return nil }
            types.append(type)
        }
        guard let first = types.first else { return nil }
        if types.allSatisfy({ $0 == first }) { return .uniform(first) }
        return types.count == shape.last ? .axis(shape.count - 1, types) : .each(types)
    }
}

extension QuantizerChannel {
    fileprivate var castType: FixedType? {
        guard zero == 0, resultZero == 0, scale == resultScale, let power = scale.powerOfTwo, let low, let high,
            let mode = rounding.mode, high >= 1
        else { return nil }
        let bits = (high + 1).powerOfTwo
        guard let bits, bits >= 1, bits <= 62 else { return nil }
        let width: Int, signed: Bool, overflow: Overflow
        switch low {
        case 0: (width, signed, overflow) = (bits, false, .sat)
        case -high - 1: (width, signed, overflow) = (bits + 1, true, .sat)
        case -high: (width, signed, overflow) = (bits + 1, true, .satSym)
        default: return nil
        }
        return FixedType(
            width: width, integer: width + power, signed: signed, rounding: mode, overflow: overflow)
    }
}

extension Double {
    /// The exponent of a power of two; nil where the number is none.
    var powerOfTwo: Int? { self > 0 && isFinite && significand == 1 ? Int(exponent) : nil }
}

extension FakeQuantizer.Rounding {
    /// The mode of a cast that rounds so; nil where none does.
    var mode: FixedPoint.Rounding? {
        switch self {
        case .halfEven: .rndConv
        case .halfAwayFromZero: .rndInf
        case .halfTowardZero: .rndZero
        case .halfUp: .rnd
        case .floor: .trn
        case .towardZero: .trnZero
        case .ceil, .awayFromZero, .sign: nil
        }
    }

    /// The rounding of a cast; nil where training knows none such.
    init?(_ mode: FixedPoint.Rounding) {
        switch mode {
        case .rndConv: self = .halfEven
        case .rndInf: self = .halfAwayFromZero
        case .rndZero: self = .halfTowardZero
        case .rnd: self = .halfUp
        case .trn: self = .floor
        case .trnZero: self = .towardZero
        case .rndMinInf: return nil
        }
    }

    func callAsFunction(_ x: Double) -> Double {
        switch self {
        case .halfEven: x.rounded(.toNearestOrEven)
        case .halfAwayFromZero: x.rounded(.toNearestOrAwayFromZero)
        case .halfTowardZero: x < 0 ? -(-x - 0.5).rounded(.up) : max(0, (x - 0.5).rounded(.up))
        case .halfUp: (x + 0.5).rounded(.down)
        case .ceil: x.rounded(.up)
        case .floor: x.rounded(.down)
        case .awayFromZero: x.rounded(.awayFromZero)
        case .towardZero: x.rounded(.towardZero)
        case .sign: x >= 0 ? 1 : -1
        }
    }
}
