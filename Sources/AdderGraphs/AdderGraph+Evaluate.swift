extension AdderGraph {
    /// The results for integers that lie in the inputs' intervals.
    public func evaluate(_ values: [Int64]) -> [Int64] {
        precondition(values.count == inputs.count)
        var nodes = values + constants
        nodes.reserveCapacity(nodeCount)
        for sum in sums {
            let left = nodes[sum.left] << sum.leftShift, right = nodes[sum.right] << sum.rightShift
            nodes.append(sum.subtracts ? left - right : left + right)
        }
        return outputs.map { output in
            switch output {
            case .zero: 0
            case .node(let node, let shift): nodes[node] << shift
            }
        }
    }

    /// The matrix (inputs, outputs), row by row, and the constants of the outputs: what the graph computes.
    public var matrix: (weights: [Int64], biases: [Int64]) {
        var columns: [[Int64]] = []
        let biases = evaluateLinear([Int64](repeating: 0, count: inputs.count), constants)
        for input in inputs.indices {
            var unit = [Int64](repeating: 0, count: inputs.count)
            unit[input] = 1
            columns.append(evaluateLinear(unit, constants.map { _ in 0 }))
        }
        return (columns.flatMap { $0 }, biases)
    }

    /// The graph is linear, so that it may be asked for numbers beyond its inputs; modulo `2^64`.
    private func evaluateLinear(_ values: [Int64], _ constants: [Int64]) -> [Int64] {
        var nodes = values + constants
        for sum in sums {
            let left = nodes[sum.left] &<< Int64(sum.leftShift), right = nodes[sum.right] &<< Int64(sum.rightShift)
            nodes.append(sum.subtracts ? left &- right : left &+ right)
        }
        return outputs.map { output in
            switch output {
            case .zero: 0
            case .node(let node, let shift): nodes[node] &<< Int64(shift)
            }
        }
    }
}
