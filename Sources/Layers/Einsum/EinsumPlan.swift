internal import LayerKit

/// Where the products of an einsum find their factors.
struct EinsumPlan: Sendable {
    let shape: Shape
    /// Of the result.
    let count: Int
    /// For every element of the result, where the factors of its first product lie: one list an operand.
    let starts: [[Int]]
    /// For every product of a sum, how far its factors lie from those of the first.
    let offsets: [[Int]]

    /// Precondition: the layer found its shapes to be right.
    init(_ operands: [String], _ result: String, _ shapes: [Shape], _ sizes: [UInt8: Int]) {
        let free = Array(result.utf8), summed = sizes.keys.filter { !free.contains($0) }.sorted()
        let outer = free.map { sizes[$0] ?? 1 }, inner = summed.map { sizes[$0] ?? 1 }
        shape = outer
        count = outer.elementCount
        var starts: [[Int]] = [], offsets: [[Int]] = []
        for (letters, shape) in zip(operands, shapes) {
            let steps = Dictionary(zip(letters.utf8, Strides.steps(of: shape)), uniquingKeysWith: { first, _ in first })
            func places(_ axes: [UInt8], _ sizes: Shape) -> [Int] {
                let own = axes.map { steps[$0] ?? 0 }
                return Strides(sizes).map { index in zip(index, own).reduce(0) { $0 + $1.0 * $1.1 } }
            }
            starts.append(places(free, outer))
            offsets.append(places(summed, inner))
        }
        self.starts = starts
        self.offsets = offsets
    }

    /// The result for one sample.
    func products(_ operands: [[Double]], _ bias: [Double]?) -> [Double] {
        var y = bias ?? [Double](repeating: 0, count: count)
        let terms = offsets[0].count
        for element in 0..<count {
            var sum = y[element]
            if operands.count == 1 {
                let a = starts[0][element]
                for term in 0..<terms { sum += operands[0][a + offsets[0][term]] }
            } else {
                let a = starts[0][element], b = starts[1][element]
                for term in 0..<terms {
                    sum += operands[0][a + offsets[0][term]] * operands[1][b + offsets[1][term]]
                }
            }
            y[element] = sum
        }
        return y
    }

    /// A tensor as one number for each element of the result.
    func spread(_ tensor: Tensor) -> [Double] {
        let values = tensor.doubles
        return Strides.places(of: tensor.shape, in: shape).map { values[$0] }
    }
}
