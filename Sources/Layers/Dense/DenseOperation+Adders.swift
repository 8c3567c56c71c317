public import AdderGraphs
public import FixedPoint
public import LayerKit
import Options

extension DenseOperation {
    /// Bits behind the point that an exact sum has: the adders count in units of its last place.
    public func sumFraction(_ input: FixedType) -> Int { max(productType(input).fraction, bias.type.fraction) }

    /// What the adders of distributed arithmetic are to compute; nil: another strategy, or numbers so wide that there is
    /// no graph for them.
    public func adderTask(_ site: OperationSite) -> ConstantProduct? {
        guard strategy == .distributedArithmetic else { return nil }
        let input = site.input.type
        let fraction = sumFraction(input)
        let weightShift = fraction - productType(input).fraction, biasShift = fraction - bias.type.fraction
        guard input.width <= 32, let weights = Self.shifted(weight.raw, weightShift),
            let biases = Self.shifted(bias.raw, biasShift)
        else { return nil }
        let task = ConstantProduct(
            inputs: (0..<inputCount).map { interval(of: $0, site.input) }, outputCount: outputCount, weights: weights,
            biases: biases)
        return task.isNarrow ? task : nil
    }

    /// Nil: more than 52 bits, which is what C++ holds as a literal.
    private static func shifted(_ numbers: [Int64], _ shift: Int) -> [Int64]? {
        guard shift < 52 else { return nil }
        let limit = UInt64(1) << UInt64(52 - shift)
        return numbers.allSatisfy { $0.magnitude < limit } ? numbers.map { $0 << Int64(shift) } : nil
    }

    /// The raw integers that a channel has at any position.
    private func interval(of channel: Int, _ input: TensorSpec) -> IntegerInterval {
        let storage = input.type
        if case .uniform(let type) = input.types {
            return IntegerInterval(low: Int64(type.rawMin), high: Int64(type.rawMax))
        }
        var low: Int64 = 0, high: Int64 = 0, zeros = storage.width
        for place in stride(from: channel, to: input.count, by: inputCount) {
            let type = input.types.type(at: place, in: input.shape)
            guard type.width > 0 else { continue }
            let shift = type.lift(to: storage)
            low = min(low, Int64(type.rawMin) << Int64(shift))
            high = max(high, Int64(type.rawMax) << Int64(shift))
            zeros = min(zeros, shift)
        }
        return IntegerInterval(low: low, high: high, zeros: low == high ? 0 : zeros)
    }

    /// One input vector to one output vector, by the adders.
    func adderKernel<W: Word>(_ graph: AdderGraph, _ input: FixedType) -> RowKernel<W> {
        let cast = Cast<W>(fromFraction: sumFraction(input), to: resultType)
        let constants = graph.constants.map { W($0) }, count = graph.nodeCount, inputCount = graph.inputs.count
        let sums = graph.sums.map { sum in
            Addition<W>(
                left: sum.left, right: sum.right, leftShift: W(sum.leftShift), rightShift: W(sum.rightShift),
                subtracts: sum.subtracts)
        }
        let outputs = graph.outputs.map { output -> (node: Int, shift: W)? in
            switch output {
            case .zero: nil
            case .node(let node, let shift): (node, W(shift))
            }
        }
        return { input, output in
            withUnsafeTemporaryAllocation(of: W.self, capacity: max(1, count)) { nodes in
                for index in 0..<inputCount { nodes[index] = input[index] }
                for index in constants.indices { nodes[inputCount + index] = constants[index] }
                var next = inputCount + constants.count
                for sum in sums {
                    let left = nodes[sum.left] &<< sum.leftShift, right = nodes[sum.right] &<< sum.rightShift
                    nodes[next] = sum.subtracts ? left &- right : left &+ right
                    next += 1
                }
                for index in outputs.indices {
                    output[index] = cast(outputs[index].map { nodes[$0.node] &<< $0.shift } ?? 0)
                }
            }
        }
    }
}

/// A sum of the graph for words of the emulator.
private struct Addition<W: Word>: Sendable {
    var left: Int
    var right: Int
    var leftShift: W
    var rightShift: W
    var subtracts: Bool
}
