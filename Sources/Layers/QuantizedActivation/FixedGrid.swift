internal import FixedPoint

/// The values of a fixed-point type, to which numbers in double precision are brought as the type says. Exact.
struct FixedGrid: Sendable {
    private let type: FixedType
    /// 2 to the number of fractional bits, and its reciprocal.
    private let factor: Double
    private let step: Double
    private let low: Double
    private let high: Double
    /// Whether a double holds every integer on the way.
    private let isNarrow: Bool

    init(_ type: FixedType) {
        self.type = type
        step = type.width > 0 ? type.step : 0
        factor = type.width > 0 ? 1 / type.step : 0
        isNarrow = type.width <= 50 && !type.isInteger && type.saturationBits == 0
        low = isNarrow && type.width > 0 ? Double(type.rawMin) : 0
        high = isNarrow && type.width > 0 ? Double(type.rawMax) : 0
    }

    func callAsFunction(_ x: Double) -> Double {
        guard type.width > 0 else { return 0 }
        guard isNarrow, x.isFinite, abs(x * factor) < 0x1p52 else { return type.value(type.quantize(x)) }
        return bounded(rounded(x * factor)) * step
    }

    private func rounded(_ x: Double) -> Double {
        switch type.rounding {
        case .trn: return x.rounded(.down)
        case .trnZero: return x.rounded(.towardZero)
        case .rndConv: return x.rounded(.toNearestOrEven)
        case .rndInf: return x.rounded(.toNearestOrAwayFromZero)
        case .rnd:
            let below = x.rounded(.down)
            return x - below >= 0.5 ? below + 1 : below
        case .rndMinInf:
            let below = x.rounded(.down)
            return x - below > 0.5 ? below + 1 : below
        case .rndZero:
            let inner = x.rounded(.towardZero)
            return abs(x - inner) > 0.5 ? inner + (x > 0 ? 1 : -1) : inner
        }
    }

    private func bounded(_ x: Double) -> Double {
        switch type.overflow {
        case .sat: return min(high, max(low, x))
        case .satSym: return min(high, max(type.signed ? -high : low, x))
        case .satZero: return x > high || x < low ? 0 : x
        case .wrap:
            let span = high - low + 1
            return x - ((x - low) / span).rounded(.down) * span
        }
    }
}
