public import FixedPoint

/// What is known of the values of a tensor: bounds of each element, in the units of the model. Sound: no value lies
/// outside, whatever the inputs are.
public struct Ranges: Hashable, Sendable {
    public var low: [Double]
    public var high: [Double]

    public init(low: [Double], high: [Double]) {
        self.low = low
        self.high = high
    }

    /// All that the type can hold.
    public init(of type: FixedType, count: Int) {
        low = [Double](repeating: type.minimum, count: count)
        high = [Double](repeating: type.maximum, count: count)
    }

    /// The smallest and the largest of all elements.
    public var span: (low: Double, high: Double) { (low.min() ?? 0, high.max() ?? 0) }

    /// Bounds after the elements were cast to a type: rounding moves a bound by at most one unit, and where a bound
    /// lies outside the type a wrapping cast can give anything.
    public func cast(to type: FixedType) -> Ranges {
        var result = self
        for index in low.indices {
            var bounds = (low: low[index] - type.step, high: high[index] + type.step)
            if bounds.low < type.minimum || bounds.high > type.maximum {
                let inside = low[index] >= type.minimum && high[index] <= type.maximum
                switch type.overflow {
                case .wrap where !inside: bounds = (type.minimum, type.maximum)
                case .satZero: bounds = (min(bounds.low, 0), max(bounds.high, 0))
                case .wrap, .sat, .satSym: break
                }
            }
            result.low[index] = max(bounds.low, type.minimum)
            result.high[index] = min(bounds.high, type.maximum)
        }
        return result
    }

    /// Whether a cast to the type can overflow.
    public func overflow(_ type: FixedType) -> Bool {
        let (low, high) = span
        return low < type.minimum || high > type.maximum
    }

    /// Bounds of a function that grows with its argument.
    public func mapped(_ function: (Double) -> Double) -> Ranges {
        Ranges(low: low.map(function), high: high.map(function))
    }
}
