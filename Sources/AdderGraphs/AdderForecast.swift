internal import Glibc

/// What the graph of a product will take, more or less, without the search for it.
///
/// The adders of all sums for themselves, of which large matrices share more: by least squares over the graphs of 176
/// random layers of 2 to 64 inputs and 1 to 64 outputs, weights of 3 to 16 bits, and inputs of 4 to 16. Half of them take
/// within 5 % of the tables foretold, nine of ten within 12 %; single adders may take twice as many.
public struct AdderForecast: Hashable, Sendable {
    public var adders = 0
    /// Lookup tables, one for every bit of a carry chain.
    public var luts = 0
    /// The fewest adders that the largest output can do with, one after the other; the graph has as many.
    public var depth = 0

    public init(_ product: ConstantProduct) {
        var alone = 0, magnitude: UInt64 = 0
        for output in 0..<product.outputCount {
            var digits = product.biases[output] == 0 ? 0 : 1
            for input in product.inputs.indices {
                let weight = product.weight(input, output)
                digits += SignedDigits.count(weight)
                magnitude = max(magnitude, weight.magnitude)
            }
            alone += max(0, digits - 1)
            depth = max(depth, TreeDepth.fewest(digits))
        }
        guard alone > 0, let widest = product.inputs.map(\.width).max() else { return }
        let inputs = product.inputs.indices.count { input in
            (0..<product.outputCount).contains { product.weight(input, $0) != 0 }
        }
        let weightBits = UInt64.bitWidth - magnitude.leadingZeroBitCount
        let shared = 1.035 * pow(Double(alone), 0.806) * pow(Double(max(1, inputs) * product.outputCount), 0.111)
        let count = min(Double(alone), shared)
        adders = Int(count.rounded())
        luts = Int((count * (1.16 + 0.955 * Double(widest) + 0.268 * Double(weightBits))).rounded())
    }
}
