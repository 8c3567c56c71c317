internal import Glibc

/// Powers of two, to whose exponents numbers are rounded in single precision, as QKeras computes.
public struct PowerOfTwoGrid: Hashable, Sendable, Codable {
    /// The exponents that there are.
    public var exponents: ClosedRange<Int>
    /// Larger numbers count as this; nil: none do.
    public var maximum: Float?
    /// Whether exponents are rounded down and not to the nearest.
    public var floors: Bool
    /// Whether only even exponents are taken, twice those of the range.
    public var squares: Bool
    /// What becomes of numbers below zero.
    public var negatives: Negatives

    public enum Negatives: Hashable, Sendable, Codable {
        /// They keep their sign.
        case signed
        /// They are multiplied with the slope; of a slope of 0 all are the least power.
        case sloped(Float)
    }

    public init(
        exponents: ClosedRange<Int>, maximum: Float?, floors: Bool, squares: Bool, negatives: Negatives
    ) {
        self.exponents = exponents
        self.maximum = maximum
        self.floors = floors
        self.squares = squares
        self.negatives = negatives
    }

    func callAsFunction(_ x: Double) -> Double {
        switch negatives {
        case .signed: return (x < 0 ? -1 : 1) * power(Float(abs(x)))
        case .sloped(let slope):
            if x >= 0 || slope == 0 { return power(Float(max(x, 0))) }
            return -power(Float(-x) * slope)
        }
    }

    /// Sizes below this are the least power.
    private static let least: Float = 1e-7

    private func power(_ size: Float) -> Double {
        guard size >= Self.least else { return Glibc.exp2(Double(exponents.lowerBound)) }
        var size = maximum.map { min($0, size) } ?? size
        if squares { size = size.squareRoot() }
        // Single precision decides between neighbours.
        let logarithm = Float(Glibc.log(Double(size))) / Float(Glibc.log(2.0))
        let exponent = Double(logarithm.rounded(floors ? .down : .toNearestOrEven))
        let bounded = min(Double(exponents.upperBound), max(Double(exponents.lowerBound), exponent))
        return Glibc.exp2(squares ? 2 * bounded : bounded)
    }
}
