import FixedPoint
import LayerKit
import Options

/// Doubles to the raw values of a tensor that enters: each cast to the type of its element, in units of the type that
/// holds all.
struct InputQuantizer<W: Word>: Sendable {
    private let kinds: [(quantizer: ElementQuantizer<W>, lift: W)]
    /// For each element, its place in `kinds`; empty where all are alike.
    private let places: [Int]

    init(_ spec: TensorSpec, _ compat: Compat) {
        let storage = spec.type, distinct = spec.types.distinct(in: spec.shape)
        kinds = distinct.types.map { type in
            (ElementQuantizer(type, compat), W(type.lift(to: storage)))
        }
        places = distinct.places
    }

    /// Quantises `count` values from `first` on.
    func load(_ values: [Double], from first: Int, count: Int, into words: UnsafeMutablePointer<W>) {
        if places.isEmpty {
            let quantizer = kinds[0].quantizer
            for element in 0..<count { words[element] = quantizer(values[first + element]) }
        } else {
            for element in 0..<count {
                let kind = kinds[places[element]]
                words[element] = kind.quantizer(values[first + element]) << kind.lift
            }
        }
    }
}

/// Doubles to raw values of one type, as `FixedType.quantize(entering:_:)` does, with a short way for numbers that lie well inside
/// a double's exact range.
private struct ElementQuantizer<W: Word>: Sendable {
    private let type: FixedType
    private let compat: Compat
    private let scale: Double
    private let low: Int64
    private let high: Int64
    private let short: Bool

    init(_ type: FixedType, _ compat: Compat) {
        self.type = type
        self.compat = compat
        scale = 1 / type.step
        short =
            type.width <= 50 && abs(type.fraction) < 500 && (type.rounding == .trn || type.rounding == .rnd)
            && !type.isInteger
        low = Int64(clamping: type.rawMin)
        high = Int64(clamping: type.rawMax)
    }

    func callAsFunction(_ value: Double) -> W {
        // Scaling by a power of two is exact; so is the difference to the whole number below.
        let scaled = value * scale
        if short, abs(scaled) < 4_503_599_627_370_496 {
            var whole = Int64(scaled)
            let rest = scaled - Double(whole)
            if rest < 0 { whole -= 1 }
            if type.rounding == .rnd, (rest < 0 ? rest + 1 : rest) >= 0.5 { whole += 1 }
            if whole >= low, whole <= high { return W(whole) }
        }
        return W(truncatingIfNeeded: type.quantize(entering: value, compat))
    }
}
