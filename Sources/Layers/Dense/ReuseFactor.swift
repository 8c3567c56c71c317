internal import Estimates

/// Which reuse factors a time-multiplexed matrix product can have: the one place that says so.
public enum ReuseFactor {
    /// All legal factors in ascending order: the multipliers, `ceil(n_in n_out / min(n_in, rf))`, must share out over
    /// the outputs (or the factor be at least `n_in`), a factor above `n_in` must be a multiple of it, it must divide
    /// the number of products, and the weights that one output needs in a step must fit a word of memory. (The word of
    /// several outputs may be wider than that: such a layer is divided over several memories.)
    /// - Parameter weightBits: width of a weight.
    public static func legal(inputs: Int, outputs: Int, weightBits: Int) -> [Int] {
        let products = inputs * outputs
        return divisors(of: products).filter { factor in
            let multipliers = (products + min(inputs, factor) - 1) / min(inputs, factor)
            guard multipliers % outputs == 0 || factor >= inputs, factor % inputs == 0 || factor < inputs else {
                return false
            }
            return factor == 1 || max(1, inputs / factor) * weightBits <= ToolLimits.commonWordBits
        }
    }

    /// The legal factor nearest to one that is not; the smaller of two equally near.
    static func nearest(to wanted: Int, in legal: [Int]) -> Int {
        legal.min { (abs($0 - wanted), $0) < (abs($1 - wanted), $1) } ?? 1
    }

    private static func divisors(of number: Int) -> [Int] {
        var low: [Int] = [], high: [Int] = []
        var candidate = 1
        while candidate <= number / candidate {
            if number % candidate == 0 {
                low.append(candidate)
                if candidate != number / candidate { high.append(number / candidate) }
            }
            candidate += 1
        }
        return low + high.reversed()
    }
}
