import FixedPoint
internal import Glibc

/// A function that only grows or only falls, looked up in bins of equal width: what a table of it holds, and how far
/// off it is. The arguments that occur are multiples of a step, a power of two; the lowest and the highest bin also
/// stand for all below and above.
struct BinnedFunction {
    /// The arguments that occur, `step` apart.
    var low: Double
    var high: Double
    var step: Double
    /// Whether bin 0 is the first and their number a power of two, as where an index is cut out of a word.
    var beginsAtZero = false
    var value: (Double) -> Double

    /// Bin i of `count` holds the arguments from `(first + i) 2^stepBits`, which is the next one's begin, on.
    struct Bins: Hashable {
        var first: Int
        var count: Int
        /// log2 of a bin's width.
        var stepBits: Int

        var width: Double { Double(sign: .plus, exponent: stepBits, significand: 1) }
    }

    /// Indices of bins stay in a word of C++.
    private static let mostBins = 1 << 30

    /// The lowest and the highest argument that bin i stands for; nil where none occurs.
    private func ends(_ index: Int, of bins: Bins) -> (low: Double, high: Double)? {
        let begin = Double(bins.first + index) * bins.width
        let bottom = index == 0 ? low : max(low, begin)
        let top = index == bins.count - 1 ? high : min(high, begin + bins.width - step)
        return bottom <= top ? (bottom, top) : nil
    }

    /// What each entry holds: the middle of the function's values in its bin.
    func entries(_ bins: Bins) -> [Double] {
        (0..<bins.count).map { index in
            guard let (low, high) = ends(index, of: bins) else {
                return value(min(max(Double(bins.first + index) * bins.width, low), high))
            }
            return low == high ? value(low) : value(low) / 2 + value(high) / 2
        }
    }

    /// The largest difference between entries and the function, over all arguments that occur.
    func error(of entries: [Double], _ bins: Bins) -> Double {
        entries.indices.reduce(0) { worst, index in
            guard let (low, high) = ends(index, of: bins) else { return worst }
            return max(worst, abs(entries[index] - value(low)), abs(entries[index] - value(high)))
        }
    }

    private func isWithin(_ error: Double, _ bins: Bins) -> Bool {
        (0..<bins.count).allSatisfy { index in
            guard let (low, high) = ends(index, of: bins) else { return true }
            return abs(value(high) - value(low)) <= 2 * error
        }
    }

    /// Bins so wide that two of them are enough.
    private var widest: Int {
        let reach = max(abs(low), abs(high), step)
        return Int(reach.exponent) + (reach.significand > 1 ? 1 : 0)
    }

    /// The widest bins whose entries are no more than `error` off.
    /// - Returns: nil where more than `limit` would be needed.
    func bins(within error: Double, limit: Int) -> Bins? {
        guard error > 0 else { return nil }
        let narrowest = Int(step.exponent)
        // All that is less or more than these is as good as they are.
        let bottom = furthest(from: low, to: high) { abs(value($0) - value(low)) <= 2 * error }
        let top = furthest(from: high, to: low) { abs(value(high) - value($0)) <= 2 * error }
        for stepBits in stride(from: max(widest, narrowest), through: narrowest, by: -1) {
            let width = Double(sign: .plus, exponent: stepBits, significand: 1)
            let last = min((top / width).rounded(.up), (high / width).rounded(.down))
            var first = min(((bottom + step) / width).rounded(.down) - 1, last - 1)
            first = beginsAtZero ? 0 : max(first, (low / width).rounded(.down))
            guard last - first < Double(limit), max(abs(first), abs(last)) < Double(Self.mostBins) else { return nil }
            var count = max(2, Int(last - first) + 1)
            if beginsAtZero { count = 1 << TableOperation.log2Ceil(count) }
            guard count <= limit else { return nil }
            let bins = Bins(first: Int(first), count: count, stepBits: stepBits)
            if stepBits == narrowest || isWithin(error, bins) { return bins }
        }
        return nil
    }

    /// The argument furthest from `start` for which a condition that holds there still holds.
    private func furthest(from start: Double, to end: Double, _ holds: (Double) -> Bool) -> Double {
        if holds(end) { return end }
        var near = start, far = end
        for _ in 0..<80 {
            let middle = near / 2 + far / 2
            if holds(middle) { near = middle } else { far = middle }
        }
        return near
    }

    /// The best that up to `limit` entries can do.
    /// - Parameter rounding: what the table's type takes from every entry: with it the error is to be a power of two, as
    ///   last places are. It is not brought below twice of that.
    func finest(limit: Int, rounding: Double) -> Bins {
        let begin = beginsAtZero ? 0 : (low / Double(sign: .plus, exponent: widest, significand: 1)).rounded(.down)
        var best = Bins(first: Int(begin), count: 2, stepBits: widest)
        let spread = abs(value(high) - value(low))
        guard spread > 0 else { return best }
        var error = Double(sign: .plus, exponent: Int(spread.exponent), significand: 1)
        while error >= 2 * rounding, let found = bins(within: error - rounding, limit: limit) {
            best = found
            error /= 2
        }
        return best
    }

    /// The same bins and as many of those beside them as there are arguments for, up to `count` in all.
    func widened(_ bins: Bins, to count: Int) -> Bins {
        if beginsAtZero { return bins }
        let last = bins.first + bins.count - 1
        let below = Self.spare(Double(bins.first) - (low / bins.width).rounded(.down), count - bins.count)
        let above = Self.spare((high / bins.width).rounded(.down) - Double(last), count - bins.count)
        let lower = min(below, max((count - bins.count) / 2, count - bins.count - above))
        let upper = min(above, count - bins.count - lower)
        return Bins(first: bins.first - lower, count: bins.count + lower + upper, stepBits: bins.stepBits)
    }

    private static func spare(_ bins: Double, _ most: Int) -> Int { Int(max(0, min(bins, Double(max(0, most))))) }
}
