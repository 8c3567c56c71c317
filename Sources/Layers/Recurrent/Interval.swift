import LayerKit

/// All numbers from one to another.
struct Interval: Hashable {
    var low: Double
    var high: Double

    init(_ low: Double, _ high: Double) {
        self.low = low
        self.high = high
    }

    static let zero = Interval(0, 0)

    /// The largest magnitude.
    var reach: Double { max(abs(low), abs(high)) }

    func contains(_ other: Interval) -> Bool { low <= other.low && other.high <= high }

    func joined(_ other: Interval) -> Interval { Interval(min(low, other.low), max(high, other.high)) }

    /// By so much at either end.
    func widened(_ by: Double) -> Interval { Interval(low - by, high + by) }

    static func + (a: Interval, b: Interval) -> Interval { Interval(a.low + b.low, a.high + b.high) }

    static func * (a: Interval, b: Interval) -> Interval {
        let corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
        return Interval(corners.min() ?? 0, corners.max() ?? 0)
    }

    /// The same bounds for each of so many elements.
    func ranges(_ count: Int) -> Ranges {
        Ranges(low: [Double](repeating: low, count: count), high: [Double](repeating: high, count: count))
    }
}

extension Ranges {
    /// Bounds of some of the elements, all together.
    func interval(_ places: Range<Int>) -> Interval {
        Interval(low[places].min() ?? 0, high[places].max() ?? 0)
    }

    var interval: Interval { interval(0..<low.count) }
}
