internal import Arrays
internal import Basics
internal import LayerKit

/// Sums of products of two constants.
enum ConstantProduct {
    /// Products that are computed of one node.
    private static let limit = 1 << 26

    /// The result of an equation `ab,bc->ac` in single precision, as long as it is not more than can be computed.
    static func of(_ x: Tensor, _ y: Tensor, equation: String, shape: Shape) throws(LayerError) -> Tensor? {
        let sides = equation.substituting("-", with: "").parts(at: ">"), operands = sides[0].parts(at: ",")
        guard sides.count == 2, operands.count == 2 else { return nil }
        let letters = operands.map { Array($0.utf8) }, result = Array(sides[1].utf8)
        var sizes: [UInt8: Int] = [:]
        for (names, tensor) in zip(letters, [x, y]) {
            for (letter, size) in zip(names, tensor.shape) { sizes[letter] = size }
        }
        let summed = Set(letters.joined()).subtracting(result).sorted()
        let inner = summed.map { sizes[$0] ?? 1 }
        guard let all = Count.elements(shape + inner), all <= limit else {
            throw LayerError("a product of constants with \(equation) is too large")
        }
        func steps(_ operand: Int, _ axes: [UInt8]) -> [Int] {
            let own = Strides.steps(of: [x, y][operand].shape)
            return axes.map { letter in letters[operand].firstIndex(of: letter).map { own[$0] } ?? 0 }
        }
        let left = x.doubles, right = y.doubles
        let starts = [0, 1].map { Places.all(shape, steps: steps($0, result)) }
        let ways = [0, 1].map { Places.all(inner, steps: steps($0, summed)) }
        let values = zip(starts[0], starts[1]).map { a, b in
            Float(zip(ways[0], ways[1]).reduce(0) { $0 + left[a + $1.0] * right[b + $1.1] })
        }
        return Tensor(shape: shape, values: values)
    }
}
