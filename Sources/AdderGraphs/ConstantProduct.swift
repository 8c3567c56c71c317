/// The task: a vector times a matrix of constants, plus constants.
///
/// All numbers are integers. Scales by powers of two, one for each row or each column, are shifts of the weights: what
/// counts is their digits.
public struct ConstantProduct: Hashable, Sendable, Codable {
    public var inputs: [IntegerInterval]
    public var outputCount: Int
    /// Row by row: the weights of one input side by side.
    public var weights: [Int64]
    /// One for each output.
    public var biases: [Int64]

    public init(inputs: [IntegerInterval], outputCount: Int, weights: [Int64], biases: [Int64]? = nil) {
        precondition(weights.count == inputs.count * outputCount)
        precondition(biases == nil || biases?.count == outputCount)
        self.inputs = inputs
        self.outputCount = outputCount
        self.weights = weights
        self.biases = biases ?? [Int64](repeating: 0, count: outputCount)
    }

    public func weight(_ input: Int, _ output: Int) -> Int64 { weights[input * outputCount + output] }

    /// Whether every sum of some of the digits, however it is shared out, stays within 62 bits: there is a graph.
    public var isNarrow: Bool {
        var bound: Int128 = 0
        for input in inputs.indices {
            let values = inputs[input]
            let largest = Int128(max(values.low.magnitude, values.high.magnitude, 1))
            let row = weights[(input * outputCount)..<((input + 1) * outputCount)]
            bound += largest * Int128(row.reduce(0) { max($0, $1.magnitude) })
        }
        bound += Int128(biases.reduce(0) { max($0, $1.magnitude) })
        // Digits alone may be a third more than their number, differences of columns twice as much.
        return bound < Int128(1) << 57
    }
}
