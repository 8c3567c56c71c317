import AdderGraphs
import FoundationEssentials
import TestSupport

extension IntegerInterval {
    func contains(_ value: Int64) -> Bool {
        low <= value && value <= high && value & (1 << Int64(zeros) - 1) == 0
    }

    func random(_ dice: inout Dice) -> Int64 {
        switch Int.random(in: 0..<4, using: &dice) {
        case 0: low
        case 1: high
        default: Int64.random(in: (low >> Int64(zeros))...(high >> Int64(zeros)), using: &dice) << Int64(zeros)
        }
    }
}

extension ConstantProduct {
    /// A task of any kind.
    static func random(_ dice: inout Dice) -> ConstantProduct {
        let n = [1, 1, 2, 3, 5, 8].randomElement(using: &dice) ?? 1
        let m = [1, 1, 2, 3, 5, 8].randomElement(using: &dice) ?? 1
        let intervals = (0..<n).map { _ -> IntegerInterval in
            let zeros = Bool.random(using: &dice) ? 0 : Int.random(in: 0...3, using: &dice)
            let high = Int64.random(in: 0...300, using: &dice)
            let low = Bool.random(using: &dice) ? 0 : Int64.random(in: -300...high, using: &dice)
            return IntegerInterval(low: low << Int64(zeros), high: high << Int64(zeros), zeros: zeros)
        }
        let bits = Int.random(in: 1...10, using: &dice), density = Int.random(in: 1...4, using: &dice)
        var weights = (0..<(n * m)).map { _ -> Int64 in
            Int.random(in: 0..<4, using: &dice) < density
                ? Int64.random(in: -(1 << bits)...(1 << bits), using: &dice) << Int64(bits % 3) : 0
        }
        // Now and then a column is another one, or its opposite.
        if m > 1, Bool.random(using: &dice) {
            let sign: Int64 = Bool.random(using: &dice) ? 1 : -1
            for input in 0..<n { weights[input * m + m - 1] = sign * weights[input * m] }
        }
        let biases =
            Bool.random(using: &dice)
            ? (0..<m).map { _ in Int64.random(in: -500...500, using: &dice) } : nil
        return ConstantProduct(inputs: intervals, outputCount: m, weights: weights, biases: biases)
    }

    /// Weights of eight bits, hardly one of them zero.
    static func dense(_ dice: inout Dice, inputs: Int, outputs: Int) -> ConstantProduct {
        ConstantProduct(
            inputs: [IntegerInterval](repeating: IntegerInterval(low: 0, high: 63), count: inputs),
            outputCount: outputs,
            weights: (0..<(inputs * outputs)).map { _ in Int64.random(in: -128...127, using: &dice) },
            biases: (0..<outputs).map { _ in Int64.random(in: -500...500, using: &dice) })
    }

    func evaluate(_ x: [Int64]) -> [Int64] {
        (0..<outputCount).map { output in
            inputs.indices.reduce(biases[output]) { $0 + weight($1, output) * x[$1] }
        }
    }

    /// The depth of a balanced tree over the canonical digits of the largest output.
    var leastDepth: Int {
        (0..<outputCount).reduce(0) { depth, output in
            var leaves = 0, isNegative = true
            var bias = biases[output]
            for (input, values) in inputs.enumerated() {
                if values.low == values.high {
                    bias += values.low * weight(input, output)
                    continue
                }
                // Digits by the definition: what is left is odd and 1 or 3 modulo 4.
                var rest = weight(input, output)
                while rest != 0 {
                    if rest & 1 == 1 {
                        let digit: Int64 = rest & 3 == 1 ? 1 : -1
                        if digit == 1 { isNegative = false }
                        rest -= digit
                        leaves += 1
                    }
                    rest /= 2
                }
            }
            if bias != 0 || (isNegative && leaves > 0) { leaves += 1 }
            var levels = 0
            while 1 << levels < leaves { levels += 1 }
            return max(depth, levels)
        }
    }
}

/// Graphs as text.
enum JSONText {
    static func encode(_ graph: AdderGraph) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(graph), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> AdderGraph {
        try JSONDecoder().decode(AdderGraph.self, from: Data(text.utf8))
    }
}
